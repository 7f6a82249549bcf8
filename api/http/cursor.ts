import { TIME_MAX_MS, TIME_MIN_MS } from '../../schemas/check-event.ts'
import type { PagePosition } from '../../store/sql/page.ts'
import type { RankPosition } from '../../store/loans/potential-customers.ts'
import { ProblemError } from './problem.ts'
import { PAGE_DEFAULT } from './schema-parts.ts'

/** The place in a list behind which the next page begins, as text that only we read. */
function encodeCursor({ at, id }: PagePosition): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url')
}

/** Throws a problem if it is not a valid cursor. */
function decodeCursor(text: string): PagePosition {
  const value = parse(text)
  const [at, id] = Array.isArray(value) ? (value as unknown[]) : []
  if (
    typeof at === 'number' &&
    at >= TIME_MIN_MS &&
    at <= TIME_MAX_MS &&
    typeof id === 'string' &&
    !id.includes('\0')
  ) {
    return { at: new Date(at), id }
  }
  throw noCursor()
}

/** The same for a list that is ranked by an estimate. */
export function encodeRankCursor({ estimate, id }: RankPosition): string {
  return Buffer.from(JSON.stringify([estimate, id])).toString('base64url')
}

/** Throws a problem if it is not a valid cursor. */
export function decodeRankCursor(text: string): RankPosition {
  const value = parse(text)
  const [estimate, id] = Array.isArray(value) ? (value as unknown[]) : []
  if (Number.isFinite(estimate) && typeof id === 'string' && !id.includes('\0'))
    return { estimate: estimate as number, id }
  throw noCursor()
}

/** A well-formed cursor of another list: there is no such page. */
function noCursor(): ProblemError {
  const problem = { part: 'query', path: '/after', problem: 'It must be the `next` of a page of this list.' }
  return new ProblemError('not-found', 'There is no such page of this list.', [problem])
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}

export interface PageQuery {
  readonly limit?: number | undefined
  readonly after?: string | undefined
}

/** Asks the store for one line more than requested, to know whether there is a next page. */
export async function page<Row, Item>(
  { limit = PAGE_DEFAULT, after }: PageQuery,
  load: (request: { readonly limit: number; readonly after?: PagePosition }) => Promise<readonly Row[]>,
  position: (row: Row) => PagePosition,
  items: (rows: readonly Row[]) => Promise<Item[]> | Item[],
): Promise<{ items: Item[]; next: string | null }> {
  const rows = await load({ limit: limit + 1, ...(after === undefined ? {} : { after: decodeCursor(after) }) })
  const shown = rows.slice(0, limit)
  return { items: await items(shown), next: rows.length > limit ? encodeCursor(position(shown.at(-1)!)) : null }
}
