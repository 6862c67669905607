/** Singapore, China, Taiwan and Hong Kong keep one clock, in minutes east of Greenwich. */
export const CHINESE_CLOCK = 480

const US_CENTRAL = -360

/** Zones that RFC 822 names, and those that feeds name besides, by minutes east of Greenwich. CST is told by the zone. */
const NAMED_ZONES: readonly (readonly [minutes: number, names: string])[] = [
  [0, 'z ut utc gmt wet'],
  [60, 'bst west cet met mez'],
  [120, 'cest mesz eet'],
  [180, 'eest msk'],
  [330, 'ist'],
  [420, 'ict wib'],
  [480, 'sgt hkt myt pht bjt awst'],
  [540, 'jst kst'],
  [600, 'aest'],
  [660, 'aedt'],
  [720, 'nzst'],
  [780, 'nzdt'],
  [-240, 'edt'],
  [-300, 'est cdt'],
  [-420, 'mst pdt'],
  [-360, 'mdt'],
  [-480, 'pst'],
  [-540, 'akst'],
  [-600, 'hst'],
]
const ZONES = new Map(NAMED_ZONES.flatMap(([minutes, names]) => names.split(' ').map((name) => [name, minutes])))

const NAMED_CHINESE_CLOCK =
  /(?:北京|新加坡|香港|台北|臺北|中国标准|中國標準)[时時][间間]|\b(?:china|singapore|hong kong|taipei|beijing|malaysia) (?:standard )?time|asia\/(?:shanghai|singapore|hong_kong|taipei|macau|chongqing|urumqi|kuala_lumpur)/

/** The clocks of other places, as Chinese texts name them. */
const NAMED_CLOCKS: readonly (readonly [RegExp, string])[] = [
  [/格林[尼威]治(?:标准|標準)?[时時]|世界(?:[协協][调調]|[标標][准準])[时時]/, 'utc'],
  [/(?:伦敦|倫敦|英国|英國)(?:当地|當地)?[时時][间間]/, 'europe/london'],
  [/(?:美[国國]?[东東](?:部)?|纽约|紐約|华盛顿|華盛頓)(?:当地|當地)?[时時][间間]/, 'america/new_york'],
  [/(?:美[国國]?西(?:部)?|洛杉[矶磯])(?:当地|當地)?[时時][间間]/, 'america/los_angeles'],
  [/\b(?:greenwich mean|coordinated universal|universal) time/, 'utc'],
  [/\bbritish (?:summer )?time|\blondon time/, 'europe/london'],
  [/\bcentral european (?:standard |summer )?time/, 'europe/berlin'],
  [/\beastern european (?:standard |summer )?time/, 'europe/athens'],
  [/\bmoscow (?:standard )?time/, 'europe/moscow'],
  [/\b(?:israel|jerusalem) (?:standard |daylight )?time/, 'asia/jerusalem'],
  [/\bindian? (?:standard )?time/, 'asia/kolkata'],
  [/\b(?:japan|korean?|tokyo|seoul) (?:standard )?time/, 'asia/tokyo'],
  [/\baustralian eastern (?:standard |daylight )?time/, 'australia/sydney'],
  [/\beastern (?:standard |daylight )?time|\bnew york time/, 'america/new_york'],
  [/(?<!australian )\bcentral (?:standard |daylight )?time/, 'america/chicago'],
  [/\bmountain (?:standard |daylight )?time/, 'america/denver'],
  [/\bpacific (?:standard |daylight )?time/, 'america/los_angeles'],
  [/(?:东京|東京|日本|首尔|首爾|韩国|韓國)(?:当地|當地)?[时時][间間]/, 'asia/tokyo'],
]

/** How America names its clocks, whatever the season. */
const AMERICAN: Readonly<Record<string, string>> = {
  et: 'america/new_york',
  ct: 'america/chicago',
  mt: 'america/denver',
  pt: 'america/los_angeles',
}

/** A zone of the IANA database by its name: `america/new_york`, `etc/gmt-8`. */
const REGION = /[a-z]{2,20}\/[a-z_]{2,20}(?:[/+-][a-z\d_]{1,20})?/

/**
 * The offset of a clock that shows `wall` (ms, as if of UTC) and ends at `clockEnd` of a text in lower case, in minutes east of
 * Greenwich: what follows the clock says so, else a name anywhere, else `zone`. CST is China's where that is `CHINESE_CLOCK`.
 */
export function offsetOf(text: string, clockEnd: number, wall: number, zone: number): number {
  // Behind the clock that `date` prints stands the year, and a zone behind that.
  const rest = text.slice(clockEnd).replace(/^\s*(?:uhr\b|[12]\d{3}(?![\d-]))/, '')
  // A plus sign that stood in a query became a space.
  const glued = /\dt\d/.test(text) ? rest.replace(/^ ?(?=\d{2}:?\d{2}$)/, '+') : rest
  const numeric =
    /^\s*(?:(?:utc\/)?gmt|(?:gmt\/)?utc|ut|z)?\s*(?::|[+-](?=[+-]\d{4}))?([+-])(\d{1,2}):?(\d{2})?(?!\d)/.exec(glued)
  if (numeric !== null && Number(numeric[2]) <= 14) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0)
    return numeric[1] === '-' ? -minutes : minutes
  }
  const name = /^[\s,]*([a-z]{1,5})\b/.exec(rest)?.[1] ?? ''
  if (name === 'cst') return zone === CHINESE_CLOCK ? CHINESE_CLOCK : US_CENTRAL
  const named = ZONES.get(name) ?? (NAMED_CHINESE_CLOCK.test(text) ? CHINESE_CLOCK : null)
  const place = NAMED_CLOCKS.find(([clock]) => clock.test(text))?.[1] ?? AMERICAN[name] ?? REGION.exec(rest)?.[0] ?? ''
  return named ?? offsetInRegion(place, wall) ?? zone
}

/** Minutes east of Greenwich of a region's clock when it shows `wall` (ms, as if of UTC); null for what is no region. */
function offsetInRegion(timeZone: string, wall: number): number | null {
  if (timeZone === '') return null
  try {
    const names = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    const at = (ms: number): number => {
      const name = names.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? ''
      const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? ['', '+', '0', '0']
      return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
    }
    return at(wall - at(wall) * 60_000)
  } catch {
    return null
  }
}
