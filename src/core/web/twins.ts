/**
 * What in an address tells where a reader came from or how the page is shown, not which page it is: of common use at any site,
 * as publishers of news, advertisers and mailers document it.
 */

/** Names of query parameters. */
const TRACKING = new RegExp(
  `^(?:${[
    'utm_\\w+|pk_\\w+|mtm_\\w+|piwik_\\w+|matomo_\\w+|ns_(?:source|mchannel|campaign|linkname|fee)|at_(?:medium|campaign|custom\\d|link\\w*|ptr_name|format|bbc_team)',
    'fbclid|fb_(?:action_ids|action_types|source|ref)|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|gad_campaignid|srsltid|msclkid|yclid|ysclid|ymclid|twclid|ttclid|li_fat_id|igshid|igsh|epik',
    'mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|__hstc|__hssc|__hsfp|hsctatracking|vero_id|vero_conv|oly_enc_id|oly_anon_id|rb_clickid|s_cid|s_kwcid|ef_id|wickedid|dicbo|tblci|ito|cmpid|cmp|xtor|zanpid|wt_mc|wt_zmc|trk_\\w+',
    'spm|scm|_ga|_gl|ref_src|ref_url|guccounter|guce_referrer|guce_referrer_sig|_branch_match_id|_openstat|soc_src|soc_trk|__twitter_impression|ncid|sr_share|wprov',
    'hmsr|hmpl|hmcu|hmkw|hmci|bd_vid|vd_source|share_(?:source|medium|plat|tag|session_id|from|times)|spm_id_from|from_source|isappinstalled|nsukey',
  ].join('|')})$`,
  'i',
)

/** What earlier versions knew of them: links in stories that they wrote have the others, and are to stay the same. */
const FORMER_TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|spm|_ga|ref_src)$/i

/** True for the name of a tracking parameter that earlier versions knew. */
export function isFormerTracking(name: string): boolean {
  return FORMER_TRACKING.test(name)
}

/** True for a parameter (`name=value`) that tells at any site where a reader came from, not what is read. */
export function isTracking(pair: string): boolean {
  const [name = ''] = pair.split('=')
  // Medium's feeds, and others', say that they are feeds.
  return TRACKING.test(name) || /^source=rss\b/i.test(pair)
}

/** Parameters that ask for another dress of a page. */
const DRESS = /^(?:amp(?:=(?:1|true|amp)?)?|outputType=amp|(?:output|format|view)=amp|_amp=true)$/i

/** True for a parameter that asks for another dress of the page, or tells where a reader came from: no part of its identity. */
export const isIdle = (pair: string): boolean => pair === '' || isTracking(pair) || DRESS.test(pair)

/** Hosts that serve other sites' pages for phones, and what their paths have before the site's own. */
const CACHES: readonly [host: RegExp, path: RegExp][] = [
  [/(?:^|\.)cdn\.ampproject\.org$/, /^\/(?:c|v|i)\/(?:s\/)?(?=[\w-]+\.)/],
  [/^(?:www\.)?google(?:\.[a-z]{2,3}){1,2}$/, /^\/amp\/(?:s\/)?(?=[\w-]+\.)/],
]

/** Subdomains of pages for phones. */
const FOR_PHONES = /^(?:amp|m|mobile|wap|3g)\.(?=[^.]+\.)/
/** The last part of a path of such a page; the one before it must tell a story, not be a section's name. */
const FOR_PHONES_END = /(?:(?<=\/[^/]*[\d-][^/]*|\/[^/]+\/[^/]+\/[^/]+)\/amp|(?<=[\d-][^/]*)\.amp)$/i
const AMP_HTML = /\.amp(?=\.s?html?$)/i

/** Host and path of the page of which an address is a twin: AMP, or for phones. */
export function withoutTwin(host: string, path: string): { host: string; path: string } {
  for (const [cache, before] of CACHES) {
    if (!cache.test(host) || !before.test(path)) continue
    const [own = '', ...rest] = path.replace(before, '').split('/')
    return withoutTwin(own.toLowerCase().replace(/^www\./, ''), `/${rest.join('/')}`)
  }
  return { host: host.replace(FOR_PHONES, ''), path: path.replace(AMP_HTML, '').replace(FOR_PHONES_END, '') }
}
