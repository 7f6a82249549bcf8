import type { TObject, TProperties } from 'typebox'
import type { Reader } from '../../store/database.ts'
import type { Principal } from '../access/principal.ts'
import type { OwnUse, Right } from './access.ts'
import type { Cursor } from './cursor.ts'

/** Definition of a list in the API: how its rows are filtered, loaded, paged and shown. */
export interface List<Filter, Row, Position> {
  readonly path: string
  readonly access: Right
  /** How people whose right extends to a part of the objects may use it; not set: they may not. */
  readonly own?: OwnUse
  readonly tag: string
  readonly summary: string
  /** Path parameters; they are part of the filter. */
  readonly params?: TObject
  readonly filters: TProperties
  readonly item: TObject
  readonly cursor: Cursor<Row, Position>
  /** Returns the rows after a position, in the order of the list. `principal`: who asks; `undefined` if access is open. */
  load(
    reader: Reader,
    filter: Filter,
    request: { readonly limit: number; readonly after?: Position },
    principal: Principal | undefined,
  ): Promise<readonly Row[]>
  toItems(
    reader: Reader,
    rows: readonly Row[],
    filter: Filter,
    principal: Principal | undefined,
  ): Promise<readonly object[]> | readonly object[]
}
