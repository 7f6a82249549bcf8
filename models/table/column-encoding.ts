import type { NameReading } from './cell-names.ts'
import type { DateReading } from './date-style.ts'
import type { DurationForm } from './written-durations.ts'
import type { NumberReading } from './number-style.ts'

/** Words of a column that stand for a missing value: `k.A.` among numbers. */
interface WithStandIns {
  readonly standIns?: readonly string[]
}

/** How a column becomes numbers; part of the model, so that a row means the same whenever it is scored. */
export type ColumnEncoding =
  | ({
      readonly kind: 'number'
      readonly column: string
      /** All were whole numbers without a mark, so that a new 20.850 may be a decimal or a large one. */
      readonly whole?: boolean
    } & NumberReading &
      WithStandIns)
  /** Days since 1970, the day of the week from Monday (0), the month from January (0); with `clock` the hour too. */
  | ({ readonly kind: 'date'; readonly column: string; readonly clock?: boolean } & DateReading & WithStandIns)
  /** Hours since midnight; with `duration` how long something took, which may be more than a day. */
  | ({ readonly kind: 'time'; readonly column: string; readonly duration?: DurationForm } & WithStandIns)
  /** The place in the list; as large as the list is long for any other one. */
  | ({ readonly kind: 'category'; readonly column: string; readonly categories: readonly string[] } & NameReading)
