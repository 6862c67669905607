import { escapeHtml } from '../html/escape.ts'
import { UNESCAPED } from '../text/printable.ts'

/** What no XML can hold, and controls, which no text needs: all but tabs and line ends. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g

/** A text that any reader takes: without controls and half characters, its lines ended by LF. */
export function writable(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNWRITABLE, '')
}

/**
 * A text as it stands in XML and HTML alike, between tags or in double quotes. What turns the direction of text on a terminal
 * is written as a reference, and reads back the same.
 */
export function escapeXml(text: string): string {
  return escapeHtml(writable(text)).replace(UNESCAPED, (char) => `&#x${char.charCodeAt(0).toString(16)};`)
}
