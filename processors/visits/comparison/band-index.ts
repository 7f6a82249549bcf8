import { BANDS } from '../../../features/visits/texts/text-sketch.ts'

/** Entries examined per slot, the newest first: a fuller slot holds a text that many people write. */
const LOOKED_AT_MAX = 64

/** A ring of sketched texts, each with an entry for each of its bands; entries of a slot are chained, newest first. */
interface TextRing {
  /** Capacity in texts. It and the number of slots are powers of two. */
  readonly size: number
  readonly slots: Int32Array
  /** Band and previous entry of the same slot, by entry: side by side, since both are read together. */
  readonly entries: Int32Array
  /** Ordinal of the text at each place of the ring. */
  readonly ordinals: Float64Array
}

/**
 * Locality-sensitive index of texts by their bands, in order of arrival. An index never changes: its successor shares
 * the ring, but the added texts are invisible to it.
 */
export interface BandIndex {
  readonly ring: TextRing
  /** Number of texts added so far. */
  readonly count: number
  /** Ordinal of the oldest text kept; earlier ones give their ring to new texts. */
  readonly first: number
}

const SIZE_MIN = 256
const NONE = -1
const BAND_BITS = Math.log2(BANDS)

/** Builds an index. A text without content (`undefined`) is counted, but never found. */
export function indexOf(texts: Iterable<Uint32Array | undefined>): BandIndex {
  let index: BandIndex = { ring: roomFor(SIZE_MIN), count: 0, first: 0 }
  for (const bands of texts) index = withText(index, bands)
  return index
}

export function withText({ ring, count, first }: BandIndex, bands: Uint32Array | undefined): BandIndex {
  const held = count - first < ring.size ? ring : grown(ring, first, count)
  add(held, count, bands)
  return { ring: held, count: count + 1, first }
}

/** Returns the index without its oldest text. */
export function withoutFirst({ ring, count, first }: BandIndex): BandIndex {
  return { ring, count, first: first + 1 }
}

/** Returns the ordinals of texts that share a band with the given ones: band by band, each in order of arrival. */
export function textsAlike({ ring, count, first }: BandIndex, bands: Uint32Array): Set<number> {
  const alike = new Set<number>()
  const found: number[] = []
  const { slots, entries, ordinals } = ring
  for (let band = 0; band < BANDS; band++) {
    const key = bands[band]! | 0
    let entry = slots[slotOf(ring, key)]!
    let later = Number.POSITIVE_INFINITY
    for (let looked = 0; entry !== NONE && looked < LOOKED_AT_MAX; looked++) {
      const ordinal = ordinals[entry >>> BAND_BITS]!
      // The ring has wrapped around: this entry has been overwritten.
      if (ordinal < first || ordinal >= later) break
      if (entries[2 * entry] === key && ordinal < count) found.push(ordinal)
      later = ordinal
      entry = entries[2 * entry + 1]!
    }
    while (found.length > 0) alike.add(found.pop()!)
  }
  return alike
}

function add(ring: TextRing, ordinal: number, bands: Uint32Array | undefined): void {
  const place = ordinal & (ring.size - 1)
  ring.ordinals[place] = bands === undefined ? NONE : ordinal
  if (bands === undefined) return
  for (let band = 0; band < BANDS; band++) {
    const entry = place * BANDS + band
    const slot = slotOf(ring, bands[band]!)
    ring.entries[2 * entry] = bands[band]!
    ring.entries[2 * entry + 1] = ring.slots[slot]!
    ring.slots[slot] = entry
  }
}

function grown(ring: TextRing, first: number, count: number): TextRing {
  const next = roomFor(2 * ring.size)
  for (let ordinal = first; ordinal < count; ordinal++) {
    const place = ordinal & (ring.size - 1)
    const isEmpty = ring.ordinals[place] === NONE
    add(next, ordinal, isEmpty ? undefined : bandsAt(ring, place))
  }
  return next
}

function bandsAt({ entries }: TextRing, place: number): Uint32Array {
  return Uint32Array.from({ length: BANDS }, (_, band) => entries[2 * (place * BANDS + band)]!)
}

function roomFor(size: number): TextRing {
  const entries = size * BANDS
  return {
    size,
    slots: new Int32Array(entries / 4).fill(NONE),
    entries: new Int32Array(2 * entries),
    ordinals: new Float64Array(size).fill(NONE),
  }
}

/** Bands are mixed hashes, so their lower bits are evenly distributed. */
function slotOf({ slots }: TextRing, band: number): number {
  return band & (slots.length - 1)
}
