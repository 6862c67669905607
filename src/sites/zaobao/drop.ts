import { type Chrome, dropList } from '../body/drop.ts'

/** The boxes that stand where the text of a subscriber's story is cut off. */
export const PAYWALL = [
  '#paywall, #freemium_subscribe, #video-freemium-player',
  '.overlay-microtransaction, .freemium_subscribe, .microtransaction-body, .microtransaction-option',
  '.article-microtransaction, .article-transaction, .cta-subscribe, .paywall-message, .cx_paywall_placeholder',
].join(', ')

/** What pages of any layout hold that is no part of a story, a class or an id a selector. */
const DROPPED = [
  PAYWALL,
  '#imu, #innity-in-post, #NextPrevious, #related-articles, #mobile-recommend-articles, zb-ai-summary, [data-type^=ads]',
  '.adv-tag, .bff-google-ad, .newshub-container, .newspost-holder, .bff-recommend-article, .related-topics-wrapper',
  '.related-articles, .article-tags, .further-reading, .read-on-app-cover, .keywords, .article-share-fb, .article-meta',
  '.settings-tray-editable, .field-name-dynamic-twig-fieldnode-2020-font-size, .tint, .figure-media-gallery-nav',
  '.bff-inline-image-expand-icon',
].join(', ')

const PROMOTION = /subscribe\.sph\.com\.sg|newspost\.newslink\.sg|[?&]ref=previous-article/i

export const chrome = {
  drop: dropList(DROPPED, PROMOTION),
  islands: { holders: 'astro-island', pictures: 'img.gallery-image, .inline-image-container' },
  figures: '.figure-media, .inline-figure, .inline-image-container',
} satisfies Chrome
