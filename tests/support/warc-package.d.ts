declare module 'warc' {
  export default function createReader(): NodeJS.ReadWriteStream
}
