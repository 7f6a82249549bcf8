import type { BinnedRows } from './bins.ts'
import { BIN_SUMS } from './bins.ts'
import { histogramModule } from './histogram-module.ts'
import type { Sums } from './split.ts'
import { Instance, Memory } from './web-assembly.ts'

/** Address of a histogram over all features, in the memory of its `Histograms`. */
export type Histogram = number

/** Gradient histograms over subsets of the rows. */
export interface Histograms {
  /** First and second derivative of each row, interleaved. Must be written before `begin`. */
  readonly derivatives: Float32Array
  /** Row indices. `from` and `to` in the other methods are positions in this array. */
  readonly rows: Int32Array
  /** Packs the current derivatives. */
  begin(): void
  /** Returns the sums over `rows[from]` to `rows[to − 1]`. */
  sums(from: number, to: number): Sums
  /** Builds a histogram of `rows[from]` to `rows[to − 1]`. */
  count(from: number, to: number): Histogram
  /** Subtracts a child's histogram from its parent's, in place, which leaves the other child's. */
  subtract(from: Histogram, taken: Histogram): void
  /** Returns `BIN_SUMS` numbers per bin: gradient sum, hessian sum, row count. Valid until the next call. */
  read(histogram: Histogram): Float64Array
  free(histogram: Histogram): void
}

const PAGE = 65_536
/** Features counted in one pass. */
const TILE = 4
const PACKED = 16
const SUMMED = 8 * BIN_SUMS
const BYTES_MAX = 2 ** 32 - PAGE

interface Exports {
  pack(from: number, count: number, first: number, second: number, bits: bigint, to: number): void
  fill(
    cells: number,
    packed: number,
    begin: number,
    end: number,
    first: number,
    second: number,
    third: number,
    fourth: number,
  ): void
  sum(packed: number, begin: number, end: number, into: number): void
  subtract(from: number, end: number, taken: number): void
  unpack(from: number, end: number, first: number, second: number, bits: bigint, to: number): void
}

/**
 * Allocates memory for histograms of these rows, which are counted in WebAssembly (`histogram.wat`). `atOnce` is the
 * maximum number of histograms in use at the same time. Throws if the rows need more than 4 GB.
 */
export function createHistograms({ columns, starts, count, width }: BinnedRows, atOnce: number): Histograms {
  const bins = starts[width]! / BIN_SUMS
  const tiles = Math.ceil(width / TILE)
  const { places: layout, memory } = allocate({ count, bins, tiles, atOnce })
  const { packedAt, derivativesAt, rowsAt, cellsAt, summedAt, sumAt, spare } = layout
  const { pack, fill, sum, subtract, unpack } = new Instance(histogramModule(), {
    memory: { memory },
  }).exports as Exports
  const { buffer } = memory
  fillCells(new Uint8Array(buffer, cellsAt, TILE * tiles * count), { columns, count, width })
  // Surplus slots of the last tile are counted in a dummy bin behind all others.
  const firsts = Array.from(
    { length: TILE * tiles },
    (_, feature) => PACKED * (feature < width ? starts[feature]! / BIN_SUMS : bins),
  )
  const derivatives = new Float32Array(buffer, derivativesAt, 2 * count)
  const whole = new Uint8Array(buffer)
  const summed = new Float64Array(buffer, summedAt, BIN_SUMS * bins)
  const parts = new BigInt64Array(buffer, sumAt, 2)
  const bits = Math.ceil(Math.log2(count + 1))
  let [first, second] = [1, 1]

  return {
    derivatives,
    rows: new Int32Array(buffer, rowsAt, count),
    begin() {
      const [firstMax, secondMax] = largest(derivatives)
      first = unit(firstMax, 62 - bits)
      second = unit(secondMax, 62 - 2 * bits)
      pack(derivativesAt, count, 1 / first, 1 / second, BigInt(bits), packedAt)
    },
    sums(from, to) {
      sum(packedAt, rowsAt + 4 * from, rowsAt + 4 * to, sumAt)
      return {
        gradient: Number(parts[0]) * first,
        hessian: Number(parts[1]! >> BigInt(bits)) * second,
        rows: to - from,
      }
    },
    count(from, to) {
      const at = spare.pop()
      if (at === undefined) throw new Error(`More than ${atOnce} histograms at once.`)
      whole.fill(0, at, at + PACKED * bins)
      for (let tile = 0; tile < tiles; tile++) {
        const [first, second, third, fourth] = [0, 1, 2, 3].map((index) => at + firsts[TILE * tile + index]!)
        fill(
          cellsAt + TILE * count * tile,
          packedAt,
          rowsAt + 4 * from,
          rowsAt + 4 * to,
          first!,
          second!,
          third!,
          fourth!,
        )
      }
      return at
    },
    subtract(from, taken) {
      subtract(from, from + PACKED * bins, taken)
    },
    read(histogram) {
      unpack(histogram, histogram + PACKED * bins, first, second, BigInt(bits), summedAt)
      return summed
    },
    free(histogram) {
      spare.push(histogram)
    },
  }
}

interface Sizes {
  readonly count: number
  readonly bins: number
  readonly tiles: number
  readonly atOnce: number
}

/** Lays out and allocates the memory. */
function allocate({ count, bins, tiles, atOnce }: Sizes) {
  let bytes = 0
  const reserve = (size: number) => {
    const at = bytes
    bytes += Math.ceil(size / PACKED) * PACKED
    return at
  }
  const layout = {
    packedAt: reserve(PACKED * count),
    derivativesAt: reserve(8 * count),
    rowsAt: reserve(4 * count),
    cellsAt: reserve(TILE * tiles * count),
    summedAt: reserve(SUMMED * Math.max(1, bins)),
    sumAt: reserve(PACKED),
    spare: Array.from({ length: atOnce }, () => reserve(PACKED * (bins + 1))),
  }
  if (bytes > BYTES_MAX)
    throw new Error(
      `${count} rows of ${TILE * tiles} features need ${Math.ceil(bytes / 2 ** 30)} GB; boosting can use 4.`,
    )
  return { places: layout, memory: new Memory({ initial: Math.ceil(bytes / PAGE) }) }
}

/** Returns the power of two in units of which `size` takes `bits` bits. */
function unit(size: number, bits: number): number {
  return size > 0 ? 2 ** (Math.ceil(Math.log2(size)) - bits) : 1
}

function largest(derivatives: Float32Array): [number, number] {
  let [first, second] = [0, 0]
  for (let index = 0; index < derivatives.length; index += 2) {
    first = Math.max(first, Math.abs(derivatives[index]!))
    second = Math.max(second, derivatives[index + 1]!)
  }
  return [first, second]
}

/** Writes the bins tile by tile, those of a row's four features side by side. */
function fillCells(
  cells: Uint8Array,
  { columns, count, width }: Pick<BinnedRows, 'columns' | 'count' | 'width'>,
): void {
  for (let feature = 0; feature < width; feature++) {
    const first = TILE * count * Math.floor(feature / TILE) + (feature % TILE)
    for (let row = 0; row < count; row++) cells[first + TILE * row] = columns[feature * count + row]!
  }
}
