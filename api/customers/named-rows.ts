import type { Reader } from '../../store/database.ts'
import { customerNames } from '../../store/customers/names.ts'

/** Converts rows to response items, passing each its customer's name, or null if unknown. */
export async function withCustomerNames<Row extends { readonly customerId: string }, Item>(
  reader: Reader,
  rows: readonly Row[],
  show: (row: Row, customerName: string | null) => Item,
): Promise<Item[]> {
  const names = await customerNames(
    reader,
    rows.map(({ customerId }) => customerId),
  )
  return rows.map((row) => show(row, names.get(row.customerId) ?? null))
}
