import { escapeXml } from '../publish/xml.ts'
import { type BookDay, fileOfDay } from './pages.ts'

/** A file of a book that its package names. */
export interface ManifestItem {
  href: string
  type: string
  /** Another, which an e-reader shows that does not know the type. */
  fallback?: ManifestItem
}

/** What a book is. */
export interface Metadata {
  /** A URI. */
  identifier: string
  title: string
  lang: string
  creators: readonly string[]
  /** ISO 8601 UTC: when it changed last. */
  modified: string
}

const XHTML = 'application/xhtml+xml'

export const CONTAINER = `<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

/** The package document: what a book is, its files, and the order in which its pages are read. */
export function packageOf(about: Metadata, pages: readonly string[], others: readonly ManifestItem[]): string {
  const { identifier, title, lang, creators, modified } = about
  const items: ManifestItem[] = [...pages.map((href) => ({ href, type: XHTML })), ...others]
  const ids = new Map(items.map((item, at) => [item, `i${at}`]))
  const manifest = items.map((item) => {
    const instead = item.fallback === undefined ? '' : ` fallback="${ids.get(item.fallback)}"`
    return `<item id="${ids.get(item)}" href="${item.href}" media-type="${item.type}"${instead}/>`
  })
  const spine = pages.map((_, at) => `<itemref idref="i${at}"/>`)
  return `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${escapeXml(lang)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">${escapeXml(identifier)}</dc:identifier>
<dc:title>${escapeXml(title)}</dc:title>
<dc:language>${escapeXml(lang)}</dc:language>
${creators.map((name) => `<dc:creator>${escapeXml(name)}</dc:creator>\n`).join('')}<dc:date>${modified.slice(0, 10)}</dc:date>
<meta property="dcterms:modified">${modified.slice(0, 19)}Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="${XHTML}" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="style" href="style.css" media-type="text/css"/>
${manifest.join('\n')}
</manifest>
<spine toc="ncx">
${spine.join('\n')}
</spine>
</package>
`
}

/** The contents for e-readers from before EPUB 3, and for converters. */
export function ncxOf({ identifier, title, lang }: Metadata, days: readonly BookDay[]): string {
  let order = 0
  const begin = (text: string, src: string): string => {
    order += 1
    return `<navPoint id="n${order}" playOrder="${order}"><navLabel><text>${escapeXml(text)}</text></navLabel><content src="${src}"/>`
  }
  const first = `${begin(title, 'title.xhtml')}</navPoint>`
  const points = days.map(([day, stories]) => {
    const lines = [
      begin(day, fileOfDay(day)),
      ...stories.map((story) => `${begin(story.title, story.file)}</navPoint>`),
    ]
    return `${lines.join('\n')}\n</navPoint>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="${escapeXml(lang)}">
<head><meta name="dtb:uid" content="${escapeXml(identifier)}"/></head>
<docTitle><text>${escapeXml(title)}</text></docTitle>
<navMap>
${[first, ...points].join('\n')}
</navMap>
</ncx>
`
}
