import type { TObject, TProperties } from 'typebox'
import type { Reader } from '../../store/database.ts'
import type { Right } from './access.ts'
import type { Cursor } from './cursor.ts'

/** A list of the API: sorted rows of the database, filtered by the query, and how they are shown. */
export interface List<Filter, Row, Position> {
  readonly path: string
  readonly access: Right
  readonly tag: string
  readonly summary: string
  /** Names in the path; they are part of the filter. */
  readonly params?: TObject
  readonly filters: TProperties
  readonly item: TObject
  readonly cursor: Cursor<Row, Position>
  /** The rows behind a position, in the order of the list. */
  load(
    reader: Reader,
    filter: Filter,
    request: { readonly limit: number; readonly after?: Position },
  ): Promise<readonly Row[]>
  show(reader: Reader, rows: readonly Row[], filter: Filter): Promise<readonly object[]> | readonly object[]
}
