import type { Kind, State } from '../processors/processor.ts'
import { stateCodec, type StateCodec } from './state-codec.ts'
import type { Timers } from './timers.ts'

/** Kind name → its place in a key's list of kinds. */
export type KindTable = ReadonlyMap<string, number>

/** Where a record's bytes come from when it is not in memory yet. */
export interface RecordSource {
  read(key: string, kind: string, id: string): Buffer | undefined
  readKind(key: string, kind: string): Iterable<readonly [id: string, value: Buffer]>
}

interface Cell {
  /** `undefined`: known to be absent. */
  value: unknown
  staged: boolean
}

interface KindCells {
  readonly cells: Map<string, Cell>
  readonly codec: StateCodec
  /** Ids in order, once the whole kind was read. */
  ids: string[] | null
}

/** A record that the open transaction has changed. */
export interface StagedRecord {
  readonly key: string
  readonly kind: string
  readonly id: string
  /** The bytes for the changelog and the store; `null`: deleted. Encoded once, after the last change. */
  encoded(): Buffer | null
  /** The transaction is over: the same bytes, and the next change stages the record anew. */
  settle(): Buffer | null
}

const codecs = new WeakMap<Kind<unknown>, StateCodec>()

function codecOf(kind: Kind<unknown>): StateCodec {
  let codec = codecs.get(kind)
  if (codec === undefined) codecs.set(kind, (codec = stateCodec(kind)))
  return codec
}

/** The records of one key as a fold sees them: decoded on first use, staged on the first change of a transaction. */
export class KeyRecords implements State {
  readonly key: string
  readonly #table: KindTable
  readonly #source: RecordSource
  readonly #staged: StagedRecord[]
  readonly #timers: Timers
  readonly #kinds: (KindCells | undefined)[] = []
  #recordCount = 0
  #growth = 0

  constructor(key: string, table: KindTable, source: RecordSource, staged: StagedRecord[], timers: Timers) {
    this.key = key
    this.#table = table
    this.#source = source
    this.#staged = staged
    this.#timers = timers
  }

  get recordCount(): number {
    return this.#recordCount
  }

  /** Records that came into memory since it was asked last. */
  takeGrowth(): number {
    const growth = this.#growth
    this.#growth = 0
    return growth
  }

  get<T>(kind: Kind<T>, id: string): T | undefined {
    return this.#cell(kind, this.#cellsOf(kind), id).value as T | undefined
  }

  put<T>(kind: Kind<T>, id: string, value: T): void {
    const cells = this.#cellsOf(kind)
    const cell = this.#cellForWriting(cells, id)
    if (cells.ids !== null && cell.value === undefined) insert(cells.ids, id)
    cell.value = value
    if (!cell.staged) this.#stage(kind, cells, id, cell)
  }

  delete(kind: Kind<unknown>, id: string): void {
    const cells = this.#cellsOf(kind)
    const cell = this.#cell(kind, cells, id)
    if (cell.value === undefined) return
    if (cells.ids !== null) remove(cells.ids, id)
    cell.value = undefined
    if (!cell.staged) this.#stage(kind, cells, id, cell)
  }

  *scan<T>(kind: Kind<T>, idPrefix = ''): Iterable<readonly [string, T]> {
    const cells = this.#cellsOf(kind)
    const ids = cells.ids ?? this.#readWhole(kind, cells)
    let index = lowerBound(ids, idPrefix)
    while (index < ids.length) {
      const id = ids[index]!
      if (!id.startsWith(idPrefix)) return
      yield [id, cells.cells.get(id)!.value as T]
      // The one who scans may put and delete meanwhile: go on after the id that was given last.
      index = ids[index] === id ? index + 1 : upperBound(ids, id)
    }
  }

  setTimer(name: string, at: number): void {
    this.#timers.set(this, name, at)
  }

  clearTimer(name: string): void {
    this.#timers.clear(this, name)
  }

  #cellsOf(kind: Kind<unknown>): KindCells {
    const index = this.#table.get(kind.name)
    if (index === undefined) throw new Error(`The kind ${kind.name} is not among the processor's state or standing kinds.`)
    return (this.#kinds[index] ??= { cells: new Map(), codec: codecOf(kind), ids: null })
  }

  #cell(kind: Kind<unknown>, cells: KindCells, id: string): Cell {
    let cell = cells.cells.get(id)
    if (cell === undefined) {
      const bytes = cells.ids === null ? this.#source.read(this.key, kind.name, id) : undefined
      cell = { value: bytes === undefined ? undefined : cells.codec.decode(bytes), staged: false }
      this.#hold(cells, id, cell)
    }
    return cell
  }

  /** A whole new value needs no look at the old one, unless the list of ids has to know whether it is new. */
  #cellForWriting(cells: KindCells, id: string): Cell {
    let cell = cells.cells.get(id)
    if (cell === undefined) this.#hold(cells, id, (cell = { value: undefined, staged: false }))
    return cell
  }

  #hold(cells: KindCells, id: string, cell: Cell): void {
    cells.cells.set(id, cell)
    this.#recordCount++
    this.#growth++
  }

  #readWhole(kind: Kind<unknown>, cells: KindCells): string[] {
    for (const [id, bytes] of this.#source.readKind(this.key, kind.name)) {
      if (!cells.cells.has(id)) this.#hold(cells, id, { value: cells.codec.decode(bytes), staged: false })
    }
    const ids: string[] = []
    for (const [id, cell] of cells.cells) if (cell.value !== undefined) ids.push(id)
    return (cells.ids = ids.sort(byCodeUnits))
  }

  #stage(kind: Kind<unknown>, cells: KindCells, id: string, cell: Cell): void {
    cell.staged = true
    let bytes: Buffer | null | undefined
    const encoded = () => (bytes ??= cell.value === undefined ? null : cells.codec.encode(cell.value))
    this.#staged.push({
      key: this.key,
      kind: kind.name,
      id,
      encoded,
      settle() {
        cell.staged = false
        return encoded()
      },
    })
  }
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function lowerBound(ids: readonly string[], id: string): number {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ids[middle]! < id) low = middle + 1
    else high = middle
  }
  return low
}

function upperBound(ids: readonly string[], id: string): number {
  const at = lowerBound(ids, id)
  return ids[at] === id ? at + 1 : at
}

function insert(ids: string[], id: string): void {
  const at = lowerBound(ids, id)
  if (ids[at] !== id) ids.splice(at, 0, id)
}

function remove(ids: string[], id: string): void {
  const at = lowerBound(ids, id)
  if (ids[at] === id) ids.splice(at, 1)
}
