import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { columnSeries, seriesCount, type WatchedColumn } from '../../models/drift/column-series.ts'
import { detectDrifts } from '../../models/drift/detect-drifts.ts'
import { testsOf, watchedStream } from '../../models/drift/watched-stream.ts'
import { cpuSeconds } from '../benchmark.ts'
import { runPython } from '../models/python.ts'
import { plantedStreams, STREAM_ROWS, type PlantedStream } from './planted-streams.ts'

const WINDOW = 500
const FALSE_ALARMS = 0.01
/** Streams of each kind for evidently, whose reports take a good part of a second each. */
const EVIDENTLY_EACH = 1

/** Rows at which an alarm was raised, by stream; `null`: not run. */
type Alarms = readonly (readonly number[] | null)[]

interface PeerAnswer {
  readonly versions: Readonly<Record<string, string>>
  readonly alarms: Readonly<Record<string, Alarms>>
  readonly cpuSeconds: Readonly<Record<string, number>>
  readonly withoutEvidently?: string
}

/**
 * Measures delay and false alarms on planted drifts, beside river and evidently with their defaults. `python`: the
 * interpreter, if there is one.
 */
export async function plantedDrifts(python: string | undefined, directory: string, each: number) {
  const streams = plantedStreams(each)
  const began = process.cpuUsage()
  const own: number[][] = []
  for (const { values } of streams) own.push(alarmsIn({ kind: 'number', values }))
  const ownSeconds = cpuSeconds(began)
  const peers = python === undefined ? undefined : await runPeers(python, directory, streams, each)
  const all: Readonly<Record<string, Alarms>> = { scoreline: own, ...peers?.alarms }
  return {
    streamsOfEach: each,
    rows: STREAM_ROWS,
    detectors: Object.entries(all).map(([detector, alarms]) => ({ detector, kinds: judged(streams, alarms) })),
    cpuSeconds: { scoreline: ownSeconds, ...peers?.cpuSeconds },
    versions: peers?.versions ?? {},
    ...(peers?.withoutEvidently === undefined ? {} : { withoutEvidently: peers.withoutEvidently }),
  }
}

function alarmsIn(column: WatchedColumn): number[] {
  const stream = watchedStream(STREAM_ROWS, WINDOW)
  const options = {
    alpha: FALSE_ALARMS / (testsOf(stream) * seriesCount(column)),
    effectMin: 0.1,
  }
  const drifts = detectDrifts(stream, options, (block) => columnSeries(column, stream, block))
  return drifts.map(({ foundAt }) => foundAt * stream.blockRows)
}

function runPeers(
  python: string,
  directory: string,
  streams: readonly PlantedStream[],
  each: number,
): Promise<PeerAnswer> {
  const numbers = new Float64Array(streams.length * STREAM_ROWS)
  streams.forEach(({ values }, at) => numbers.set(values, at * STREAM_ROWS))
  const file = join(directory, 'planted.f64')
  writeFileSync(file, new Uint8Array(numbers.buffer))
  const evidently = [...streams.keys()].filter((at) => at % each < EVIDENTLY_EACH)
  return runPython(
    python,
    '../drift/drift_peer.py',
    { file, streams: streams.length, rows: STREAM_ROWS, window: WINDOW, evidently },
    directory,
  )
}

/** Each drift is found by the first alarm between it and the next drift; all other alarms are false or repeated. */
function judged(streams: readonly PlantedStream[], alarms: Alarms) {
  return [...new Set(streams.map(({ kind }) => kind))].map((kind) => {
    const delays: number[] = []
    let [drifts, others, asked, alarmed] = [0, 0, 0, 0]
    for (const [at, stream] of streams.entries()) {
      const own = alarms[at]
      if (stream.kind !== kind || own === null || own === undefined) continue
      asked++
      drifts += stream.onsets.length
      const first = stream.onsets.map((onset, place) =>
        own.find((row) => row > onset && row <= (stream.onsets[place + 1] ?? Infinity)),
      )
      const found = first.filter((row) => row !== undefined)
      first.forEach((row, place) => row !== undefined && delays.push(row - stream.onsets[place]!))
      others += own.length - found.length
      if (own.length > 0) alarmed++
    }
    delays.sort((a, b) => a - b)
    return {
      kind,
      streams: asked,
      ...(drifts === 0
        ? { streamsWithAlarm: alarmed, alarmsPerStream: others / asked }
        : {
            found: delays.length,
            of: drifts,
            delayRowsMedian: delays[delays.length >> 1] ?? null,
            otherAlarmsPerStream: others / asked,
          }),
    }
  })
}
