import type { PagePosition, PageRequest } from '../../store/sql/page.ts'

/** Reads the pages of a list until one is not full, as a client would. */
export async function allPages<Row extends { readonly occurredAt: Date }>(
  list: (request: PageRequest) => Promise<Row[]>,
  idOf: (row: Row) => string,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = []
  let after: PagePosition | undefined
  for (;;) {
    const page = await list(after === undefined ? { limit } : { limit, after })
    rows.push(...page)
    if (page.length < limit) return rows
    const last = page.at(-1)!
    after = { at: last.occurredAt, id: idOf(last) }
  }
}
