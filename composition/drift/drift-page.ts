import { chart, coordinate } from '../../retrainer/report/chart.ts'
import { formatCount, formatNumber } from '../../retrainer/report/format.ts'
import { markup, type Markup } from '../../retrainer/report/markup.ts'
import { entry, htmlPage, list, pageHead } from '../../retrainer/report/page.ts'
import { figure, section } from '../../retrainer/report/section.ts'
import { table } from '../../retrainer/report/table.ts'
import type { Alarm, StreamPlace } from './alarm.ts'
import type { DriftFindings, WatchedFeature } from './find-drift.ts'

/** Renders the findings in a stream as an HTML page. */
export function driftPage(file: string, findings: DriftFindings): string {
  const { alarms, features } = findings
  return htmlPage(`Drift: ${file}`, [
    top(file, findings),
    alarms.length === 0
      ? section('No drift', 'No feature changed by more than chance and its own fluctuations explain.', markup``)
      : section(
          'Alarms',
          'Each line is a feature, each mark an alarm at the row where it could have been raised; the bar before it reaches back to where the drift probably began, the pale one on to where the stream was steady again.',
          markup`${figure('Along the stream', timeline(findings))}${alarmTable(alarms)}`,
        ),
    section('Features', 'What was watched, and as what.', featureTable(features)),
  ])
}

function top(file: string, { rows, window, step, falseAlarms, tests, drifts, alarms, notes }: DriftFindings): Markup {
  return pageHead(`Drift: ${file}`, [
    entry('Rows', formatCount(rows)),
    entry('Window', `${formatCount(window)} rows; an alarm may be raised every ${formatCount(step)}`),
    entry('Found', `${alarms.length} alarms of ${drifts.length} drifts`),
    entry(
      'False alarms',
      `at most ${formatNumber(100 * falseAlarms)} % of streams without drift, over ${formatCount(tests)} tests`,
    ),
    entry('Notes', list(notes)),
  ])
}

const ROW_HEIGHT = 22

function timeline({ alarms, rows }: DriftFindings): Markup {
  const features = [...new Set(alarms.map(({ feature }) => feature))]
  return chart(
    {
      id: 'timeline',
      title: 'Alarms along the stream',
      description: alarms.map(({ feature, row, kind }) => `${feature}: ${kind} at row ${row}`).join('; '),
      x: { from: 0, to: rows, label: 'Row' },
      y: { from: features.length - 0.5, to: -0.5, label: '', ticks: 1, format: () => '' },
      width: 1000,
      height: 60 + features.length * ROW_HEIGHT,
    },
    (x, y) =>
      markup`${features.map((feature, at) => {
        const own = alarms.filter((alarm) => alarm.feature === feature)
        const across = coordinate(y(at))
        return markup`<text class="name" x="58" y="${across - 4}">${feature}</text><line class="grid" x1="${coordinate(x(0))}" x2="${coordinate(x(rows))}" y1="${across}" y2="${across}"/>${own.map((alarm) => mark(alarm, x, across, rows))}`
      })}`,
  )
}

function mark(alarm: Alarm, x: (value: number) => number, across: number, rows: number): Markup {
  const [from, at] = [coordinate(x(alarm.onset.row)), coordinate(x(alarm.row))]
  const until = coordinate(x(alarm.steadyFrom?.row ?? rows))
  return markup`<g><title>${`${alarm.feature}, row ${alarm.row}: ${alarm.before} → ${alarm.after}`}</title><line class="line reference" x1="${at}" x2="${Math.max(at, until)}" y1="${across}" y2="${across}"/><line class="line model" x1="${from}" x2="${at}" y1="${across}" y2="${across}"/><circle class="dot" cx="${at}" cy="${across}" r="4"/></g>`
}

function alarmTable(alarms: readonly Alarm[]): Markup {
  return table<Alarm>(
    'Alarms',
    [
      { heading: 'Feature', cell: ({ feature }) => feature, isText: true },
      { heading: 'Kind', cell: ({ kind, shape }) => `${kind}, ${shape}`, isText: true },
      { heading: 'Alarm', cell: (alarm) => placeText(alarm) },
      { heading: 'Began', cell: ({ onset }) => placeText(onset) },
      { heading: 'Ended', cell: ({ ended }) => (ended === undefined ? '–' : placeText(ended)) },
      { heading: 'Before', cell: ({ before }) => before, isText: true },
      { heading: 'After', cell: ({ after }) => after, isText: true },
      { heading: 'Effect', cell: ({ effect }) => formatNumber(effect) },
      { heading: 'PSI', cell: ({ psi, band }) => `${formatNumber(psi)} (${band ?? '–'})` },
      { heading: 'p', cell: ({ pValue }) => pValue.toExponential(1) },
      {
        heading: 'Also',
        cell: ({ backTo, effectMeasure }) =>
          `${effectMeasure}${backTo === undefined ? '' : `; back to how it was before row ${backTo.row}`}`,
        isText: true,
      },
    ],
    alarms,
  )
}

function featureTable(features: readonly WatchedFeature[]): Markup {
  return table<WatchedFeature>(
    'Features',
    [
      { heading: 'Feature', cell: ({ feature }) => feature, isText: true },
      { heading: 'Alarms', cell: ({ alarms }) => formatCount(alarms) },
      { heading: 'As', cell: ({ watchedAs }) => watchedAs, isText: true },
      { heading: 'Note', cell: ({ note }) => note, isText: true },
    ],
    features,
  )
}

export function placeText({ row, time }: StreamPlace): string {
  return time === undefined ? `row ${row}` : `row ${row}, ${time}`
}
