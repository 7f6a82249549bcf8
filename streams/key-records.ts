import type { Kind, State } from '../processors/processor.ts'
import { Cell } from './cell.ts'
import { stateCodec, type StateCodec } from './state-codec.ts'
import type { Timers } from './timers.ts'
import type { UndoLog } from './undo-log.ts'

/** Kind name → its place in a key's list of kinds. */
export type KindTable = ReadonlyMap<string, number>

/** What the records of all keys of a task have in common. */
export interface RecordContext {
  readonly table: KindTable
  /** A record's bytes when it is not in memory yet. */
  read(key: string, kind: string, id: string): Buffer | undefined
  readKind(key: string, kind: string): Iterable<readonly [id: string, value: Buffer]>
  readonly undo: UndoLog
  /** What the open transaction has changed, in order of the first change. */
  readonly staged: Cell[]
  readonly timers: Timers
}

interface KindCells {
  readonly kind: Kind<unknown>
  readonly codec: StateCodec
  /** Most kinds have one record a key, under the empty id. */
  only: Cell | undefined
  /** Under any other id. */
  others: Map<string, Cell> | undefined
  /** Ids in order, once the whole kind was read. */
  ids: string[] | null
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
  /** How many of its cells the store does not hold as they are. */
  unflushed = 0
  /** The last transaction that asked for it. */
  usedIn = 0
  /** Itself and the cells that it holds. */
  recordCount = 1
  #growth = 1
  readonly #context: RecordContext
  readonly #kinds: (KindCells | undefined)[] = []

  constructor(key: string, context: RecordContext) {
    this.key = key
    this.#context = context
  }

  get<T>(kind: Kind<T>, id: string): T | undefined {
    const cell = this.#cell(this.#cellsOf(kind), id)
    this.#context.undo.save(cell)
    return cell.value as T | undefined
  }

  put<T>(kind: Kind<T>, id: string, value: T): void {
    const cells = this.#cellsOf(kind)
    // A whole new value needs the old one too: a transaction that fails goes back to it.
    const cell = this.#cell(cells, id)
    this.#context.undo.save(cell)
    if (cells.ids !== null && cell.value === undefined) insert(cells.ids, id)
    cell.value = value
    this.#stage(cell)
  }

  delete(kind: Kind<unknown>, id: string): void {
    const cells = this.#cellsOf(kind)
    const cell = this.#cell(cells, id)
    if (cell.value === undefined) return
    this.#context.undo.save(cell)
    if (cells.ids !== null) remove(cells.ids, id)
    cell.value = undefined
    this.#stage(cell)
  }

  *scan<T>(kind: Kind<T>, idPrefix = ''): Iterable<readonly [string, T]> {
    const cells = this.#cellsOf(kind)
    const ids = cells.ids ?? this.#readWhole(cells)
    let index = lowerBound(ids, idPrefix)
    while (index < ids.length) {
      const id = ids[index]!
      if (!id.startsWith(idPrefix)) return
      const cell = find(cells, id)!
      this.#context.undo.save(cell)
      yield [id, cell.value as T]
      // The one who scans may put and delete meanwhile: go on after the id that was given last.
      index = ids[index] === id ? index + 1 : upperBound(ids, id)
    }
  }

  setTimer(name: string, at: number): void {
    this.#context.timers.set(this, name, at)
  }

  clearTimer(name: string): void {
    this.#context.timers.clear(this, name)
  }

  /** Records that came into memory since it was asked last. */
  takeGrowth(): number {
    const growth = this.#growth
    this.#growth = 0
    return growth
  }

  /** After a transaction was undone: records may be there again, or gone. */
  forgetOrder(): void {
    for (const cells of this.#kinds) if (cells !== undefined) cells.ids = null
  }

  #cellsOf(kind: Kind<unknown>): KindCells {
    const index = this.#context.table.get(kind.name)
    if (index === undefined) throw new Error(`The kind ${kind.name} is not among the processor's state or standing kinds.`)
    return (this.#kinds[index] ??= { kind, codec: codecOf(kind), only: undefined, others: undefined, ids: null })
  }

  #cell(cells: KindCells, id: string): Cell {
    const known = find(cells, id)
    if (known !== undefined) return known
    const bytes = cells.ids === null ? this.#context.read(this.key, cells.kind.name, id) : undefined
    return this.#hold(cells, id, bytes === undefined ? undefined : cells.codec.decode(bytes))
  }

  #hold(cells: KindCells, id: string, value: unknown): Cell {
    const cell = new Cell(this, cells.kind, id, cells.codec, value)
    if (id === '') cells.only = cell
    else (cells.others ??= new Map()).set(id, cell)
    this.recordCount++
    this.#growth++
    return cell
  }

  #readWhole(cells: KindCells): string[] {
    for (const [id, bytes] of this.#context.readKind(this.key, cells.kind.name)) {
      if (find(cells, id) === undefined) this.#hold(cells, id, cells.codec.decode(bytes))
    }
    const ids: string[] = cells.only?.value === undefined ? [] : ['']
    if (cells.others !== undefined) for (const [id, cell] of cells.others) if (cell.value !== undefined) ids.push(id)
    return (cells.ids = ids.sort(byCodeUnits))
  }

  #stage(cell: Cell): void {
    if (cell.staged) return
    cell.staged = true
    this.#context.staged.push(cell)
  }
}

function find(cells: KindCells, id: string): Cell | undefined {
  return id === '' ? cells.only : cells.others?.get(id)
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
