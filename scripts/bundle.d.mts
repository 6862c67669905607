import type { BuildOptions, Metafile, Plugin } from 'esbuild'

export const OPTIONS: BuildOptions & { plugins: Plugin[] }

export function bundle(options?: { write?: boolean }): Promise<Metafile>
