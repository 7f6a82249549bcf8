import { TIME_MAX_MS, TIME_MIN_MS } from '../../schemas/check-event.ts'
import type { PagePosition, RankPosition } from '../../store/sql/page.ts'
import { ProblemError } from './problem.ts'

/** Encodes the position of a row in a sorted list as an opaque string; the next page begins after it. */
export interface Cursor<Row, Position> {
  positionOf(row: Row): Position
  encode(position: Position): string
  /** Throws a problem if the text is not a position in a list of this kind. */
  decode(text: string): Position
}

/** Cursor of a list that is sorted newest first. */
export function newestFirst<Row extends { readonly occurredAt: Date }>(
  idOf: (row: Row) => string,
): Cursor<Row, PagePosition> {
  return {
    positionOf: (row) => ({ at: row.occurredAt, id: idOf(row) }),
    encode: ({ at, id }) => encoded([at.getTime(), id]),
    decode(text) {
      const [at, id] = decoded(text)
      if (typeof at !== 'number' || !(at >= TIME_MIN_MS && at <= TIME_MAX_MS) || !isId(id)) throw noCursor()
      return { at: new Date(at), id }
    },
  }
}

/** Cursor of a list that is sorted by a number, largest first. */
export function ranked<Row>(valueOf: (row: Row) => number, idOf: (row: Row) => string): Cursor<Row, RankPosition> {
  return {
    positionOf: (row) => ({ value: valueOf(row), id: idOf(row) }),
    encode: ({ value, id }) => encoded([value, id]),
    decode(text) {
      const [value, id] = decoded(text)
      if (!Number.isFinite(value) || !isId(id)) throw noCursor()
      return { value: value as number, id }
    },
  }
}

/** Cursor of a list that is sorted by id. */
export function byId<Row>(idOf: (row: Row) => string): Cursor<Row, string> {
  return {
    positionOf: idOf,
    encode: (id) => encoded([id]),
    decode(text) {
      const [id] = decoded(text)
      if (!isId(id)) throw noCursor()
      return id
    },
  }
}

/** Cursor of a list that is sorted by a number that identifies its rows. */
export function byNumber<Row>(numberOf: (row: Row) => number): Cursor<Row, number> {
  return {
    positionOf: numberOf,
    encode: (number) => encoded([number]),
    decode(text) {
      const [number] = decoded(text)
      if (!Number.isSafeInteger(number)) throw noCursor()
      return number as number
    },
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0')
}

/** The problem for a cursor that is not of this list. */
export function noCursor(): ProblemError {
  const problem = { part: 'query', path: '/after', problem: 'It must be the `next` cursor of a page of this list.' }
  return new ProblemError('not-found', 'There is no such page of this list.', [problem])
}

function encoded(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function decoded(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
