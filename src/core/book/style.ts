/**
 * How a book looks: set for Chinese, in whatever font the reader chose. Lines wide apart and justified, paragraphs set apart and not
 * indented; a headline breaks between its clauses first. What an e-reader does not know it passes over.
 */
export const STYLE = `@charset "utf-8";
body { margin: 0 4%; line-height: 1.8; text-align: justify; line-break: strict; overflow-wrap: break-word; text-autospace: normal; hanging-punctuation: allow-end; orphans: 2; widows: 2; }
h1, h2, h3, h4, h5, h6 { margin: 1.4em 0 0.6em; line-height: 1.4; text-align: left; break-after: avoid; page-break-after: avoid; }
h1 { font-size: 1.4em; }
h2 { font-size: 1.15em; }
h3, h4, h5, h6 { font-size: 1em; }
.clause { display: inline-block; }
p { margin: 0 0 0.9em; text-indent: 0; }
.about, .source, .beside { font-size: 0.85em; text-align: left; opacity: 0.75; }
.about { margin-bottom: 1.8em; }
.source { margin-top: 2em; }
.note { margin: 0 0 1.8em; border-left: 0.2em solid; padding-left: 0.8em; font-size: 0.85em; text-align: left; }
blockquote { margin: 0 0 0.9em 1em; }
ul, ol { margin: 0 0 0.9em; padding-left: 1.6em; }
.list, .list ol { list-style: none; margin-left: 0; padding-left: 0; text-align: left; }
nav > ol > li > a { font-weight: bold; }
.list ol ol { margin-top: 0.7em; }
.list li { margin: 0 0 0.7em; line-height: 1.5; }
.list a { color: inherit; text-decoration: none; }
figure { margin: 1.4em 0; text-align: center; break-inside: avoid; page-break-inside: avoid; }
figure.elsewhere { margin: 0 0 0.9em; opacity: 0.75; }
img { max-width: 100%; max-height: 90vh; }
figcaption { font-size: 0.85em; line-height: 1.5; text-align: left; }
table { width: 100%; margin: 0 0 0.9em; border-collapse: collapse; font-size: 0.9em; line-height: 1.5; text-align: left; }
th, td { border-bottom: 1px solid; padding: 0.3em 0.5em 0.3em 0; vertical-align: top; }
pre { white-space: pre-wrap; font-size: 0.85em; line-height: 1.5; text-align: left; }
hr { border: 0; border-top: 1px solid; margin: 1.6em 30%; }
.title { margin-top: 25%; text-align: center; }
.title h1 { font-size: 1.8em; text-align: center; }
`
