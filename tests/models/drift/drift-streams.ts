import { columnSeries, seriesCount, type WatchedColumn } from '../../../models/drift/column-series.ts'
import type { Drift } from '../../../models/drift/drift.ts'
import { detectDrifts } from '../../../models/drift/detect-drifts.ts'
import { testsOf, watchedStream } from '../../../models/drift/watched-stream.ts'
import { random, type Random } from '../../../models/random.ts'

/** The drift and the row of its alarm, from 1. */
export interface FoundAt {
  readonly row: number
  readonly drift: Drift
  readonly measure: string
  readonly onset: number
}

export function driftsIn(column: WatchedColumn, window = 500, falseAlarms = 0.01): FoundAt[] {
  const rows = column.kind === 'number' ? column.values.length : column.codes.length
  const stream = watchedStream(rows, window)
  const options = {
    alpha: falseAlarms / (testsOf(stream) * seriesCount(column)),
    effectMin: 0.1,
  }
  const drifts = detectDrifts(stream, options, (block) => columnSeries(column, stream, block))
  return drifts.map((drift) => ({
    row: drift.foundAt * stream.blockRows,
    drift,
    measure: drift.regime.series[drift.evidence[0]!.index]!.measure,
    onset: drift.onset * stream.blockRows,
  }))
}

export function normal(next: Random): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** Returns a column of numbers. `value` computes that of a row from random numbers of its own. */
export function numbers(rows: number, seed: number, make: (next: Random) => (row: number) => number): WatchedColumn {
  const own = make(random(seed))
  return { kind: 'number', values: Float64Array.from({ length: rows }, (_, row) => own(row)) }
}

export function names(
  rows: number,
  seed: number,
  count: number,
  make: (next: Random) => (row: number) => number,
): WatchedColumn {
  const own = make(random(seed))
  return {
    kind: 'category',
    names: Array.from({ length: count }, (_, code) => `name ${code}`),
    codes: Int32Array.from({ length: rows }, (_, row) => own(row)),
  }
}
