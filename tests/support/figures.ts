/** Shows what a test measured: these are the figures of SECURITY.md. */
export function figure(threat: string, measured: string): void {
  process.stderr.write(`measured: ${threat}: ${measured}\n`)
}
