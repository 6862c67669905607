/**
 * Acts on every item, `lanes` of them at a time, each begun in order. After the first failure none is begun, those that are
 * under way are waited for, and then it is thrown: nothing goes on behind the caller's back.
 */
export async function inLanes<T>(
  items: Iterable<T> | AsyncIterable<T>,
  lanes: number,
  act: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const errors: unknown[] = []
  let begun = 0
  const lane = async (): Promise<void> => {
    while (errors.length === 0) {
      const next = await queue.next()
      if (next.done === true) return
      await act(next.value, begun++)
    }
  }
  await Promise.all(Array.from({ length: lanes }, () => lane().catch((error: unknown) => void errors.push(error))))
  if (errors.length > 0) throw errors[0]
}
