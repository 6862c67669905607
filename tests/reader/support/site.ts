import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, posix } from 'node:path'
import { parse } from 'parse5'
import { typeOf } from '../../../src/core/reader/answer.ts'

/** Files below a folder, by their names, with `/`, but those of the program alone. */
export function filesIn(root: string): Map<string, Buffer> {
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const names = found.map(({ parentPath, name }) =>
    join(parentPath, name)
      .slice(root.length + 1)
      .replaceAll('\\', '/'),
  )
  const own = names.filter((name) => !name.startsWith('.zaobao-site/')).toSorted()
  return new Map(own.map((name) => [name, readFileSync(join(root, name))]))
}

interface Node {
  nodeName: string
  value?: string
  attrs?: { name: string; value: string }[]
  childNodes?: Node[]
}

/** The elements and texts of a page in their order, addresses as `at` tells them; what `isLeftOut` says is none. */
export function shapeOf(
  html: string,
  at: (address: string) => string,
  isLeftOut: (name: string, attributes: Record<string, string>) => boolean = () => false,
): string[] {
  const lines: string[] = []
  const visit = ({ nodeName, value, attrs = [], childNodes = [] }: Node): void => {
    const attributes = Object.fromEntries(attrs.map((attr) => [attr.name, attr.value]))
    if (isLeftOut(nodeName, attributes)) return
    const told = Object.entries(attributes).map(
      ([name, given]) => `${name}=${/^(?:href|src|action)$/.test(name) ? at(given) : given}`,
    )
    lines.push([nodeName, ...told, value ?? ''].join(' '))
    for (const child of childNodes) visit(child)
  }
  visit(parse(html))
  return lines
}

/** The file to which an address leads from a file of a site; `null` where it leads elsewhere. */
export function fileFrom(file: string, address: string): string | null {
  if (/^(?:[a-z]+:|#)/.test(address)) return null
  return posix.join(posix.dirname(file), address.replace(/[?#].*$/, ''))
}

/** Serves a folder below `/archive/` on loopback, as a host of static pages does. */
export async function serveFolder(root: string): Promise<{ address: string; asked: string[]; server: Server }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*$/, ''))
    const name = path.replace(/^\/archive\//, '').replace(/(?<=^|\/)$/, 'index.html')
    asked.push(name)
    try {
      const bytes = readFileSync(join(root, name))
      response.writeHead(200, { 'content-type': typeOf(name.slice(name.lastIndexOf('.') + 1)) }).end(bytes)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/archive/`, asked, server }
}
