import type { Evaluation } from '../../models/evaluation/evaluation.ts'
import { calibrationSection } from '../../retrainer/report/calibration-section.ts'
import { chart } from '../../retrainer/report/chart.ts'
import { curvesSection } from '../../retrainer/report/curves-section.ts'
import { formatCount, formatNumber, formatShare } from '../../retrainer/report/format.ts'
import { groupsSection } from '../../retrainer/report/groups-section.ts'
import { headline } from '../../retrainer/report/headline.ts'
import { liftSection } from '../../retrainer/report/lift-section.ts'
import { markup, type Markup } from '../../retrainer/report/markup.ts'
import { entry, htmlPage, list, pageHead } from '../../retrainer/report/page.ts'
import { residualsSection } from '../../retrainer/report/residuals-section.ts'
import { figure, section } from '../../retrainer/report/section.ts'
import { line } from '../../retrainer/report/shapes.ts'
import { table } from '../../retrainer/report/table.ts'
import type { GateCheck } from '../../store/models/gate-decision.ts'
import type { StoredModelAct } from '../../store/models/model-acts.ts'
import type { InputShift, ModelReport } from '../../store/models/model-reports.ts'
import type { StoredModel } from '../../store/models/models.ts'

export interface Card {
  readonly model: StoredModel
  /** `undefined` if the rows that it was compared on are no longer kept, or give no single score. */
  readonly evaluation: Evaluation | undefined
  /** What was done with it, newest first. */
  readonly acts: readonly StoredModelAct[]
  /** What monitoring found while it was in use, oldest first. */
  readonly reports: readonly ModelReport[]
}

/** Inputs that a card lists. */
const INPUTS_MAX = 20

/** Renders the card of a model. */
export function cardPage({ model, evaluation, acts, reports }: Card): string {
  const title = `${model.task}: ${model.algorithm} ${model.id.slice(0, 10)}`
  return htmlPage(title, [
    pageHead(
      title,
      facts(model),
      reports
        .at(-1)
        ?.warnings.map(({ says }) => says)
        .join(' ') || undefined,
    ),
    ...(evaluation === undefined ? [metricsOnly(model)] : qualityOf(evaluation)),
    gateSection(model),
    sinceRelease(reports),
    actsSection(acts),
  ])
}

function facts({ id, task, algorithm, status, featureSet, data, codeVersion, trainedAt, releasedAt }: StoredModel) {
  const fact = (name: string) => data[name]
  const time = (value: unknown) => (typeof value === 'number' ? new Date(value).toISOString() : 'unknown')
  const rows = ['trainedRows', 'rows'].map(fact).find((value) => typeof value === 'number')
  return [
    entry('Task', task),
    entry('Model', id),
    entry('Algorithm', algorithm),
    entry('State', status),
    entry('Features', featureSet),
    entry('Trained', `${trainedAt.toISOString()} by version ${codeVersion}`),
    entry('Released', releasedAt?.toISOString() ?? 'never'),
    entry('Trained on', typeof rows === 'number' ? `${formatCount(rows)} rows` : 'unknown'),
    entry('Rows served', `${time(fact('from'))} to ${time(fact('to'))}`),
    entry('SHA-256 of the rows', typeof fact('sha256') === 'string' ? (fact('sha256') as string) : 'unknown'),
    entry('Compared on', `rows served from ${time(fact('newestFrom'))} on, which it did not learn from`),
    entry(
      'Notes',
      list(['Labels are those that are known now.', 'Personal data of a row that was erased are in no figure.']),
    ),
  ]
}

function metricsOnly({ metrics }: StoredModel): Markup {
  return section(
    'What it was worth',
    'As measured when it was trained. The rows are no longer kept with their labels, are too few, or have several labels each, so that there are no plots.',
    table<[string, number]>(
      'Metrics',
      [
        { heading: 'Metric', cell: ([name]) => name, isText: true },
        { heading: 'Value', cell: ([, value]) => formatNumber(value) },
      ],
      Object.entries(metrics),
    ),
  )
}

function qualityOf(evaluation: Evaluation): readonly (Markup | null)[] {
  return evaluation.kind === 'classification'
    ? [
        headline(evaluation),
        curvesSection(evaluation),
        calibrationSection(evaluation),
        liftSection(evaluation),
        groupsSection(evaluation),
      ]
    : [headline(evaluation), calibrationSection(evaluation), residualsSection(evaluation), groupsSection(evaluation)]
}

function gateSection({ gate }: StoredModel): Markup | null {
  if (gate === null) return null
  const outcome = gate.passed ? 'passed' : gate.held ? 'held for a person' : 'not passed'
  return section(
    'Gate',
    `Version ${gate.version}: ${outcome}.`,
    table<GateCheck>(
      'Rules',
      [
        { heading: 'Rule', cell: ({ rule }) => rule, isText: true },
        { heading: 'Met', cell: ({ passed }) => (passed === null ? '–' : passed ? 'yes' : 'no'), isText: true },
        { heading: 'Bound', cell: ({ bound }) => formatNumber(bound) },
        { heading: 'Finding', cell: ({ says }) => says, isText: true },
      ],
      gate.checks,
    ),
  )
}

function sinceRelease(reports: readonly ModelReport[]): Markup | null {
  const newest = reports.at(-1)
  if (newest === undefined) return null
  const explanation = `As of ${newest.asOf.toISOString()}: ${newest.inputsDrifted} of ${newest.inputsTested} inputs are distributed differently from the rows that it learned from; stability index of its scores ${formatNumber(newest.scoreStabilityIndex)}; loss ${formatNumber(newest.loss)} on ${formatCount(newest.labels)} labels, ${formatNumber(newest.lossAtRelease)} before release; calibration error ${formatNumber(newest.calibrationError)}.`
  return section(
    'Since release',
    explanation,
    markup`${reports.length < 2 ? null : figure('Stability index of the scores', shiftChart(reports))}${inputsTable(newest.inputs)}`,
  )
}

function shiftChart(reports: readonly ModelReport[]): Markup {
  const known = reports.flatMap(({ measuredAt, scoreStabilityIndex }) =>
    scoreStabilityIndex === null ? [] : [{ at: measuredAt.getTime(), value: scoreStabilityIndex }],
  )
  const times = known.map(({ at }) => at)
  const most = Math.max(0.25, ...known.map(({ value }) => value))
  return chart(
    {
      id: 'score-shift',
      title: 'Stability index of the scores over time',
      description: known.map(({ at, value }) => `${new Date(at).toISOString()}: ${formatNumber(value)}`).join('; '),
      x: {
        ...{ label: 'Day', from: Math.min(...times), to: Math.max(...times) },
        format: (at) => new Date(at).toISOString().slice(0, 10),
        ticks: 3,
      },
      y: { label: 'Index', from: 0, to: most },
      width: 640,
    },
    (x, y) =>
      line(
        known.map(({ at, value }) => ({ x: at, y: value })),
        x,
        y,
      ),
  )
}

function inputsTable(inputs: readonly InputShift[]): Markup {
  return table<InputShift>(
    'Inputs that changed most',
    [
      { heading: 'Input', cell: ({ feature }) => feature, isText: true },
      { heading: 'Stability index', cell: ({ stabilityIndex }) => formatNumber(stabilityIndex) },
      { heading: 'Distance', cell: ({ distance }) => formatNumber(distance) },
      { heading: 'Drifted', cell: ({ drifted }) => (drifted ? 'yes' : 'no'), isText: true },
      { heading: 'Missing before', cell: ({ missingBefore }) => formatShare(missingBefore) },
      { heading: 'Missing now', cell: ({ missingNow }) => formatShare(missingNow) },
    ],
    inputs.slice(0, INPUTS_MAX),
  )
}

function actsSection(acts: readonly StoredModelAct[]): Markup | null {
  if (acts.length === 0) return null
  return section(
    'What was done with it',
    'Newest first.',
    table<StoredModelAct>(
      'Acts',
      [
        { heading: 'Time', cell: ({ actedAt }) => actedAt.toISOString(), isText: true },
        { heading: 'Act', cell: ({ act }) => act, isText: true },
        { heading: 'By', cell: ({ actedBy }) => actedBy, isText: true },
        { heading: 'Reason', cell: ({ reason }) => reason, isText: true },
      ],
      acts,
    ),
  )
}
