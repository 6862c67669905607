import type { PictureRules } from '../body/picture-url.ts'

const NONE =
  /\/(?:default-img|default-image|social-share|zb_logo|zaobaosg-facebook-share|pic-default)\b[^/]*$|\/icon_news(?:post|mine)_|\/assets\/newspost[^/]*\.svg|\/tag-icon\b|\/freemium_images\//i
const STORE = /\/(?:s3fs-public|s3\/files|sites\/default\/files)\/(.+)$/
const STORE_HOST = /zaobao|sphdigital/

/** A picture is its path in the paper's store without `styles/X/public/`; what stands behind it is never its name. */
function identity({ host, pathname }: URL): string | null {
  const stored = STORE.exec(pathname)?.[1]
  if (stored !== undefined) return stored.replace(/^styles\/[^/]+\/public\//, '')
  return STORE_HOST.test(host) ? `${host}${pathname}` : null
}

export const pictureRules = {
  none: NONE,
  noneCalled: /^(?:expend|expand) icon$|^tag[ -]icon$/i,
  identity,
} satisfies PictureRules
