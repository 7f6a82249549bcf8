import type { NameFormat } from './cell-names.ts'
import type { DateFormat } from './date-format.ts'
import type { DurationForm } from './written-durations.ts'
import type { NumberFormat } from './number-format.ts'

/** Words in a column that stand for a missing value, such as `k.A.` among numbers. */
interface WithStandIns {
  readonly standIns?: readonly string[]
}

/** Encoding of a column as numbers. Part of the model, so that a row means the same whenever it is scored. */
export type ColumnEncoding =
  | ({
      readonly kind: 'number'
      readonly column: string
      /**
       * All training values were integers without separators, so that a new 20.850 may be a decimal or a large integer.
       */
      readonly whole?: boolean
    } & NumberFormat &
      WithStandIns)
  /** Days since 1970, day of the week from 0 (Monday), month from 0 (January); with `clock` also the hour. */
  | ({ readonly kind: 'date'; readonly column: string; readonly clock?: boolean } & DateFormat & WithStandIns)
  /** Hours since midnight; with `duration` the length of a period, which may exceed a day. */
  | ({ readonly kind: 'time'; readonly column: string; readonly duration?: DurationForm } & WithStandIns)
  /** Index in the list; the list's length for any other category. */
  | ({ readonly kind: 'category'; readonly column: string; readonly categories: readonly string[] } & NameFormat)
