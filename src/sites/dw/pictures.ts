/** What pages write for the size, which a script fills in; a size that the site has of every picture. */
const SIZE_TO_COME = /_(?:\$\{formatId\}|%24%7BformatId%7D)(?=\.\w)/g
const SIZE = '605'

/** HTML whose pictures have an address, and their captions a blank before the source. */
export function sized(html: string): string {
  return html.replace(SIZE_TO_COME, `_${SIZE}`).replace(/(?<=[^\s>])<small\b/g, ' <small')
}

/** The address of the picture of a number. */
export function pictureAt(number: string | number): string {
  return `https://static.dw.com/image/${number}_${SIZE}.jpg`
}
