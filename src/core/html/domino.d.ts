// The package's own types declare the module under its former name.
declare module '@mixmark-io/domino' {
  interface IncrementalParser {
    end(html: string): void
    /** Works until the function says stop or the input is read; true while there is more to do. */
    process(shouldPause: () => boolean): boolean
    document(): Document
  }
  const domino: { createIncrementalHTMLParser(): IncrementalParser }
  export default domino
}
