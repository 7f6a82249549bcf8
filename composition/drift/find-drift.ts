import { columnSeries, seriesCount, type WatchedColumn } from '../../models/drift/column-series.ts'
import type { AlarmOptions } from '../../models/drift/alarm-at.ts'
import type { RegimeSeries } from '../../models/drift/drift.ts'
import { detectDriftsStepwise } from '../../models/drift/detect-drifts.ts'
import {
  EFFECT_MIN,
  REFERENCE_BLOCKS,
  testsOf,
  defaultWindow,
  watchedStream,
  type WatchedStream,
} from '../../models/drift/watched-stream.ts'
import type { ColumnHints } from '../../models/table/column-kinds.ts'
import { columnNamed, rowLocation, TableError, type Table } from '../../models/table/table.ts'
import type { TargetOptions } from '../../models/table/target.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Family } from '../../retrainer/training/tables/families.ts'
import type { Alarm, StreamPlace } from './alarm.ts'
import { clusterTests } from './cluster-tests.ts'
import { describeDrifts } from './describe-drift.ts'
import { streamTable, type StreamOptions, type StreamTable } from './stream-table.ts'
import { streamTarget, type StreamTarget } from './stream-target.ts'
import { targetSeries, targetSeriesCount, type TargetWatch } from './target-series.ts'
import { columnToWatch } from './watched-columns.ts'

export interface DriftOptions extends StreamOptions, TargetOptions {
  readonly target?: string | undefined
  /** Rows per window; default: a twentieth of all rows, from 100 to 1,000. */
  readonly window?: number | undefined
  /** Column that groups dependent rows. */
  readonly customer?: string | undefined
  readonly drop: readonly string[]
  readonly asCategories: readonly string[]
  readonly asNumbers: readonly string[]
  /** Probability of any alarm in a stream without drift, over the whole run. */
  readonly falseAlarms: number
  readonly family: Family
  readonly seed: number
  /** Called after each column. */
  readonly progress?: (done: number, of: number) => void
}

export interface WatchedFeature {
  readonly feature: string
  readonly watchedAs: 'number' | 'category' | 'target'
  readonly note: string
  readonly alarms: number
}

export interface DriftFindings {
  readonly rows: number
  readonly window: number
  /** Rows per block; an alarm can be raised at the end of each block. */
  readonly step: number
  readonly falseAlarms: number
  readonly tests: number
  /** Alarms in row order. */
  readonly alarms: readonly Alarm[]
  /** Alarms of several features that began together. */
  readonly drifts: readonly {
    readonly onset: StreamPlace
    readonly row: number
    readonly features: readonly string[]
  }[]
  readonly features: readonly WatchedFeature[]
  readonly notes: readonly string[]
}

const WINDOW_MIN = 40
/** Windows that the stream must have room for: a reference of two, and one to compare. */
const WINDOWS_MIN = 3

/** Detects drift in every column of a table in time order, and in its target. Throws `TableError`. */
export async function findDrift(table: Table, options: DriftOptions): Promise<DriftFindings> {
  const stream = streamTable(table, options)
  const window = windowOf(table.count, options.window)
  const watched: WatchedStream = {
    ...watchedStream(table.count, window, stream.times),
    periods: stream.timesAreDates ? [DAY_MS, 7 * DAY_MS] : [],
  }
  const referenceRows = REFERENCE_BLOCKS * watched.blockRows
  const notes: string[] = [...stream.notes]
  const target = targetOf(stream, options, notes)
  const { dropped, hints } = namedColumns(table, options)
  const columns = table.columns.filter(({ name }) => !dropped.has(name))
  if (columns.length === 0 && target === undefined) throw new TableError('No column is left to watch.')
  const toWatch = (name: string) => columnToWatch(stream, columnNamed(table, name), referenceRows, hints)
  // Two passes: the multiple-test correction needs the number of tests, and only one column at a time is decoded.
  const series = columns.map(({ name }) => seriesCount(toWatch(name).column))
  const all = series.reduce((sum, count) => sum + count, target === undefined ? 0 : targetSeriesCount(target))
  const tests = all * testsOf(watched)
  const alpha = options.falseAlarms / tests
  const byCluster =
    options.customer === undefined ? {} : clusterTests(stream, watched, options.customer, alpha, options.seed)
  const alarms: Alarm[] = []
  const features: WatchedFeature[] = []
  const follow = async (one: WatchedSeries) => {
    const drifts = await detectDrifts(watched, { alpha, effectMin: EFFECT_MIN, ...byCluster }, one.seriesFrom)
    const { feature, column, isTarget } = one
    const own = describeDrifts(drifts, {
      ...{ feature, column, isTarget, watched, tests, ...byCluster },
      placeOf: (row) => placeOfRow(stream, row),
    })
    alarms.push(...own)
    features.push({ feature, watchedAs: isTarget ? 'target' : column.kind, note: one.note, alarms: own.length })
    options.progress?.(features.length, columns.length + 1)
  }
  for (const { name } of columns) {
    const { column, note } = toWatch(name)
    await follow({
      feature: name,
      column,
      note,
      isTarget: false,
      seriesFrom: (block) => columnSeries(column, watched, block),
    })
  }
  if (target !== undefined) {
    const hinted = { ...hints, decimal: options.decimal }
    const { family, seed } = options
    const say = (words: string) => notes.push(words)
    await follow(watchedTarget({ stream, watched, target, leftOut: dropped, family, seed, hints: hinted, say }))
  }
  alarms.sort((a, b) => a.row - b.row)
  return {
    rows: table.count,
    window,
    step: watched.blockRows,
    falseAlarms: options.falseAlarms,
    tests,
    alarms,
    drifts: groupByOnset(alarms, window),
    features,
    notes,
  }
}

/** A column or the target, as followed along the stream. */
interface WatchedSeries {
  seriesFrom(block: number): RegimeSeries | Promise<RegimeSeries>
  readonly feature: string
  readonly column: WatchedColumn
  readonly note: string
  readonly isTarget: boolean
}

async function detectDrifts(stream: WatchedStream, options: AlarmOptions, seriesFrom: WatchedSeries['seriesFrom']) {
  const following = detectDriftsStepwise(stream, options)
  let step = following.next()
  while (step.done !== true) step = following.next(await seriesFrom(step.value))
  return step.value
}

function watchedTarget(watch: TargetWatch): WatchedSeries {
  const { target } = watch
  return {
    feature: target.column,
    column: labelColumn(target),
    note: '',
    isTarget: true,
    seriesFrom: (block) => targetSeries(watch, block),
  }
}

function namedColumns(table: Table, options: DriftOptions) {
  const named = (names: readonly (string | undefined)[]) =>
    new Set(names.filter((name) => name !== undefined).map((name) => columnNamed(table, name).name))
  const hints: ColumnHints = {
    asCategories: named(options.asCategories),
    asNumbers: named(options.asNumbers),
    dates: options.dates,
  }
  return { dropped: named([options.time, options.target, options.customer, ...options.drop]), hints }
}

function windowOf(rows: number, given: number | undefined): number {
  const window = given ?? defaultWindow(rows)
  const least = WINDOWS_MIN * (given ?? WINDOW_MIN)
  if (rows < least)
    throw new TableError(
      given === undefined
        ? `The table has ${rows} rows: at least ${least} are needed to tell a drift from chance.`
        : `The table has ${rows} rows, and a window of ${given} needs ${least}: two windows to compare with, and one that is compared. Choose a --window of at most ${Math.floor(rows / WINDOWS_MIN)}.`,
    )
  return Math.min(window, Math.floor(rows / WINDOWS_MIN))
}

/** Returns the target to watch. A target with a single class is only noted: the other columns are still watched. */
function targetOf(stream: StreamTable, options: DriftOptions, notes: string[]): StreamTarget | undefined {
  if (options.target === undefined) return undefined
  columnNamed(stream.table, options.target)
  try {
    return streamTarget(stream, options.target, options)
  } catch (error) {
    if (!(error instanceof TableError) || options.positive !== undefined) throw error
    notes.push(`The target is not watched. ${error.message}`)
    return undefined
  }
}

function placeOfRow({ table, order, timeColumn }: StreamTable, row: number): StreamPlace {
  const of = order[Math.min(row, order.length - 1)]!
  const column = timeColumn === undefined ? undefined : columnNamed(table, timeColumn)
  return {
    row: row + 1,
    ...(table.lines === undefined ? { place: rowLocation(table, of) } : { line: table.lines[of]! }),
    ...(column === undefined ? {} : { time: column.cells[column.codes[of]!]! }),
  }
}

function labelColumn({ kind, labels, classes }: StreamTarget): WatchedColumn {
  if (kind === 'regression') return { kind: 'number', values: labels }
  return {
    kind: 'category',
    names: classes,
    codes: Int32Array.from(labels, (label) => (Number.isNaN(label) ? -1 : label)),
  }
}

/** Groups alarms whose onsets are within a window of each other: several features reacted to one event. */
function groupByOnset(alarms: readonly Alarm[], window: number): DriftFindings['drifts'] {
  const groups: Alarm[][] = []
  for (const alarm of alarms.toSorted((a, b) => a.onset.row - b.onset.row)) {
    const last = groups.at(-1)
    if (
      last !== undefined &&
      alarm.onset.row - last.at(-1)!.onset.row <= window &&
      !last.some(({ feature }) => feature === alarm.feature)
    )
      last.push(alarm)
    else groups.push([alarm])
  }
  return groups.map((group) => ({
    onset: group[0]!.onset,
    row: Math.min(...group.map(({ row }) => row)),
    features: group.map(({ feature }) => feature),
  }))
}
