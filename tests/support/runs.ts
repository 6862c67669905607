/**
 * How many cases of a long property are tried: with one seed they are the same each time, so that more of them tell more
 * only once. `PROPERTY_RUNS=4 npm test` tries four times as many, as another `PROPERTY_SEED` tries others.
 */
export function runs(usual: number): number {
  return Math.ceil(usual * Number(process.env['PROPERTY_RUNS'] ?? 1))
}
