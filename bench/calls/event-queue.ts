/** Opens an event queue ordered by time and, at equal times, by insertion: a binary heap. */
export function createEventQueue() {
  const entries: { readonly second: number; readonly number: number; readonly action: () => void }[] = []
  let count = 0
  const isBefore = (one: number, other: number): boolean => {
    const [a, b] = [entries[one]!, entries[other]!]
    return a.second === b.second ? a.number < b.number : a.second < b.second
  }
  const swap = (one: number, other: number): void => {
    ;[entries[one], entries[other]] = [entries[other]!, entries[one]!]
  }

  function takeFirst(): (() => void) | undefined {
    const [first] = entries
    const last = entries.pop()
    if (first === undefined || last === undefined) return undefined
    if (entries.length === 0) return first.action
    entries[0] = last
    for (let place = 0; ;) {
      const [left, right] = [2 * place + 1, 2 * place + 2]
      let least = place
      if (left < entries.length && isBefore(left, least)) least = left
      if (right < entries.length && isBefore(right, least)) least = right
      if (least === place) return first.action
      swap(place, least)
      place = least
    }
  }

  return {
    at(second: number, action: () => void): void {
      let place = entries.push({ second, number: count++, action }) - 1
      for (let above = (place - 1) >> 1; place > 0 && isBefore(place, above); above = (place - 1) >> 1) {
        swap(place, above)
        place = above
      }
    },
    run(): void {
      for (let action = takeFirst(); action !== undefined; action = takeFirst()) action()
    },
  }
}
