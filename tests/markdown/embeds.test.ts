import { describe, expect, test } from 'vitest'
import { toMarkdown, writeBody } from '../../src/core/markdown/index.ts'
import { readContent } from '../../src/sites/index.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'

/** An element, and the address that it stands for. */
const EMBEDS: Array<[string, string]> = [
  ['<iframe data-src="https://omny.fm/e/1"></iframe>', 'https://omny.fm/e/1'],
  ['<iframe src="about:blank" data-cookieblock-src="https://omny.fm/e/1"></iframe>', 'https://omny.fm/e/1'],
  ['<div class="fb-post" data-href="https://www.facebook.com/p/1"></div>', 'https://www.facebook.com/p/1'],
  [
    '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/1/"></blockquote>',
    'https://www.instagram.com/p/1/',
  ],
  [
    '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/7" data-video-id="7"><a href="https://www.tiktok.com/@a">@a</a></blockquote>',
    'https://www.tiktok.com/@a/video/7',
  ],
  ['<div data-tweet-id="123"></div>', 'https://x.com/i/status/123'],
  ['<amp-twitter data-tweetid="123"></amp-twitter>', 'https://x.com/i/status/123'],
  ['<amp-youtube data-videoid="abcdefghijk"></amp-youtube>', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['<lite-youtube videoid="abcdefghijk"></lite-youtube>', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['<div class="lazyYT" data-youtube-id="abcdefghijk"></div>', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['<div class="youtube-player" data-id="abcdefghijk"></div>', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['<amp-vimeo data-videoid="99"></amp-vimeo>', 'https://vimeo.com/99'],
  ['<amp-instagram data-shortcode="Cabc"></amp-instagram>', 'https://www.instagram.com/p/Cabc/'],
  ['<amp-facebook data-href="https://www.facebook.com/p/1"></amp-facebook>', 'https://www.facebook.com/p/1'],
  ['<amp-iframe src="https://a.example/map"></amp-iframe>', 'https://a.example/map'],
  ['<amp-video src="https://a.example/v.mp4"></amp-video>', 'https://a.example/v.mp4'],
  [
    '<figure class="media"><oembed url="https://www.youtube.com/watch?v=abcdefghijk"></oembed></figure>',
    'https://www.youtube.com/watch?v=abcdefghijk',
  ],
  ['<figure data-oembed-url="https://a.example/post/1"></figure>', 'https://a.example/post/1'],
  ['<div data-oembed-url="https://a.example/post/1"><div></div></div>', 'https://a.example/post/1'],
  [
    '<div class="player" data-src="https://www.youtube.com/embed/abcdefghijk"></div>',
    'https://www.youtube.com/watch?v=abcdefghijk',
  ],
  ['<div class="flourish-embed" data-src="visualisation/12"></div>', 'https://public.flourish.studio/visualisation/12'],
  ['<object data="https://a.example/x.pdf" type="application/pdf"></object>', 'https://a.example/x.pdf'],
  [
    '<object><param name="movie" value="https://www.youtube.com/v/abcdefghijk"></object>',
    'https://www.youtube.com/watch?v=abcdefghijk',
  ],
  ['<embed src="https://a.example/x.swf">', 'https://a.example/x.swf'],
  ['<video data-src="https://a.example/v.mp4"></video>', 'https://a.example/v.mp4'],
  ['<video><source data-src="https://a.example/v.mp4"></video>', 'https://a.example/v.mp4'],
  ['<audio src="https://a.example/a.mp3"></audio>', 'https://a.example/a.mp3'],
  [
    String.raw`<div data-settings='{"youtube_url":"https:\/\/www.youtube.com\/watch?v=abcdefghijk"}'></div>`,
    'https://www.youtube.com/watch?v=abcdefghijk',
  ],
  [`<div class="video" data-setup='{"sources":[{"src":"https://vimeo.com/99"}]}'></div>`, 'https://vimeo.com/99'],
  [
    '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@a/post/1"></blockquote>',
    'https://www.threads.net/@a/post/1',
  ],
  ...[
    ['twitter-tweet', 'https://x.com/a/status/1'],
    ['reddit-embed-bq', 'https://www.reddit.com/r/a/comments/1/'],
    ['imgur-embed-pub', 'https://imgur.com/abc'],
  ].map(([name, url]): [string, string] => [
    `<blockquote class="${name}" data-lang="zh"><p><a href="${url}"></a></p></blockquote>`,
    url!,
  ]),
  [
    '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/7"><a href="https://www.tiktok.com/@a/video/7"></a></blockquote>',
    'https://www.tiktok.com/@a/video/7',
  ],
  [
    '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:ab2/app.bsky.feed.post/3k"></blockquote>',
    'https://bsky.app/profile/did:plc:ab2/post/3k',
  ],
  ['<div data-audio-src="https://a.example/a.mp3"></div>', 'https://a.example/a.mp3'],
  [
    '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fp%2F1&amp;width=500"></iframe>',
    'https://www.facebook.com/p/1',
  ],
  ['<iframe src="https://www.facebook.com/plugins/post.php"></iframe>', 'https://www.facebook.com/plugins/post.php'],
  [
    '<iframe src="https://www.youtube.com/embed/videoseries?list=PL1"></iframe>',
    'https://www.youtube.com/embed/videoseries?list=PL1',
  ],
  ['<div class="fb-video" data-href="https://www.facebook.com/v/1"></div>', 'https://www.facebook.com/v/1'],
  ['<amp-dailymotion data-videoid="x7"></amp-dailymotion>', 'https://www.dailymotion.com/video/x7'],
  ['<amp-soundcloud data-trackid="12"></amp-soundcloud>', 'https://api.soundcloud.com/tracks/12'],
  ['<div class="infogram-embed" data-id="ab-1"></div>', 'https://infogram.com/ab-1'],
  ['<object><embed><embed src="https://a.example/x.swf"></object>', 'https://a.example/x.swf'],
  ['<iframe src="data:text/html;base64,PGI+" data-src="https://omny.fm/e/1"></iframe>', 'https://omny.fm/e/1'],
  ['<video src="blob:https://a.example/1" data-src="https://a.example/v.mp4"></video>', 'https://a.example/v.mp4'],
  ...[
    'data-src-cmplz',
    'data-borlabs-cookie-iframe-src',
    'data-lazyload-src',
    'data-cli-src',
    'uc-src',
    'suppressedsrc',
    'data-suppressedsrc',
    'consent-original-src-_',
    'data-orig-src',
    'data-opt-src',
    'data-litespeed-src',
  ].map((name): [string, string] => [
    `<iframe ${name}="https://www.youtube.com/embed/abcdefghijk"></iframe>`,
    'https://www.youtube.com/watch?v=abcdefghijk',
  ]),
  [
    '<iframe src="https://www.youtube.com/embed/live_stream?channel=UC1"></iframe>',
    'https://www.youtube.com/embed/live_stream?channel=UC1',
  ],
  [
    '<iframe src="https://a.example/media/oembed?url=https%3A//youtu.be/abcdefghijk&amp;hash=x"></iframe>',
    'https://youtu.be/abcdefghijk',
  ],
  [
    '<iframe src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2Fx&amp;url=https%3A%2F%2Fvimeo.com%2F99"></iframe>',
    'https://vimeo.com/99',
  ],
  [
    '<iframe src="https://a.example/media/oembed?url=javascript:x"></iframe>',
    'https://a.example/media/oembed?url=javascript:x',
  ],
  [
    '<amp-instagram data-shortcode="Cabc" width="1" height="1" layout="responsive"></amp-instagram>',
    'https://www.instagram.com/p/Cabc/',
  ],
  ['<amp-iframe src="https://a.example/map" width=1 height=1 layout=responsive></amp-iframe>', 'https://a.example/map'],
  [
    '<div data-plyr-provider="youtube" data-plyr-embed-id="abcdefghijk"></div>',
    'https://www.youtube.com/watch?v=abcdefghijk',
  ],
  ['<div data-plyr-provider="vimeo" data-plyr-embed-id="99"></div>', 'https://vimeo.com/99'],
  ['<div data-provider="youtube" data-video-id="abcdefghijk"></div>', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['<div data-service="vimeo" data-id="99"></div>', 'https://vimeo.com/99'],
  ['<div data-vimeo-id="99" data-vimeo-width="640"></div>', 'https://vimeo.com/99'],
  ['<div data-vimeo-url="https://vimeo.com/99"></div>', 'https://vimeo.com/99'],
  [
    '<div class="player" data-src="//www.youtube.com/embed/abcdefghijk"></div>',
    'https://www.youtube.com/watch?v=abcdefghijk',
  ],
  [
    '<div class="sqs-video-wrapper" data-html="&lt;iframe src=&quot;//www.youtube.com/embed/abcdefghijk?a=1&amp;amp;b=2&quot;&gt;&lt;/iframe&gt;"></div>',
    'https://www.youtube.com/watch?v=abcdefghijk',
  ],
  [
    '<div data-html="&lt;iframe src=&quot;https://omny.fm/e?a=1&amp;amp;b=2&quot;&gt;"></div>',
    'https://omny.fm/e?a=1&b=2',
  ],
  [`<div data-block-json='{"url":"https://vimeo.com/99"}'></div>`, 'https://vimeo.com/99'],
  ...[
    '',
    '<div class="consent">点击后播放</div>',
    '<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/abcdefghijk"></div>',
    '<div class="lazy"><iframe data-src="https://www.youtube.com/embed/abcdefghijk"></iframe></div>',
  ].map((beside): [string, string] => [
    `<div>${beside}<noscript><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe></noscript></div>`,
    'https://www.youtube.com/watch?v=abcdefghijk',
  ]),
]

describe.each(EMBEDS)('%s', (html, url) => {
  test('is a link in Markdown, once', () => {
    expect(toMarkdown(`<p>前</p>${html}<p>后</p>`).split(`](${url})`)).toHaveLength(2)
  })

  test('and in the body of a story', () => {
    const body = readContent(`<p>前面的一段。</p>${html}<p>后面的一段。</p>`, URL)?.body
    const markdown = body === undefined ? '' : writeBody(body.blocks).markdown
    expect(markdown.split(`](${url})`)).toHaveLength(2)
    expect(markdown).toMatch(/^前面的一段。\n\n[^]*后面的一段。$/)
  })
})

const NONE: readonly string[] = [
  '<blockquote><a href="https://x.com/a/status/1"></a></blockquote>',
  '<blockquote class="twitter-tweet"><a href="javascript:alert(1)"></a></blockquote>',
  '<blockquote class="bluesky-embed" data-bluesky-uri="at://x"></blockquote>',
  '<div class="fb-like" data-href="https://www.facebook.com/zaobao"></div>',
  '<div class="fb-share-button" data-href="https://www.zaobao.com.sg/story20260103-1"></div>',
  '<div class="share" data-url="https://www.facebook.com/sharer"></div>',
  '<div data-src="https://a.example/background.jpg"></div>',
  '<div data-tweet-id="javascript:alert(1)"></div>',
  '<div data-oembed-url="javascript:alert(1)"></div>',
  '<div data-video-id=""></div>',
  '<div class="youtube-list" data-id="42"></div>',
  '<div data-html="&lt;img src=&quot;https://a.example/a.jpg&quot;&gt;"></div>',
  '<noscript><iframe src="https://a.example/count"></iframe></noscript>',
  '<div class="vimeo" data-id="list"></div>',
  '<iframe src="https://a.example/count" width="100%" height=" 1px "></iframe>',
  '<iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe>',
]

test.each(NONE)('%s is none', (html) => {
  expect(toMarkdown(`<p>前</p>${html}<p>后</p>`)).toBe('前\n\n后')
})

test('a post whose text links to it has one link', () => {
  const post =
    '<blockquote class="twitter-tweet" data-tweet-id="123"><p>文</p><a href="https://twitter.com/a/status/123">日期</a></blockquote>'
  expect(toMarkdown(post)).toBe('> 文\n>\n> [日期](https://twitter.com/a/status/123)')
})
