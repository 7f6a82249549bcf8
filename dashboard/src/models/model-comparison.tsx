import type { Model } from '../api.ts'
import { DataTable } from '../data-table.tsx'
import { date, number, title } from '../format.ts'
import { Interval } from '../interval.tsx'
import { Empty } from '../parts.tsx'
import { gateText, lossBeyond, modelState, shortId, type ModelTask } from './model-text.ts'

/** Retired models and older challengers are left out of the table. */
const SHOWN_MAX = 12
const METRICS: readonly (readonly [string, string])[] = [
  ['logLoss', 'log loss'],
  ['auc', 'AUC'],
  ['rmse', 'RMSE'],
  ['calibrationError', 'calibration error'],
]

interface ModelComparisonProps {
  readonly models: readonly Model[]
  readonly shadows: ModelTask['shadows']
  readonly onChoose: (id: string) => void
}

/** The live models and the newest others side by side, and the decision of the gate on each. */
export function ModelComparison({ models, shadows, onChoose }: ModelComparisonProps) {
  const order = ['champion', 'canary', 'shadow']
  const place = ({ status }: Model) => (order.includes(status) ? order.indexOf(status) : order.length)
  const shown = models.toSorted((one, other) => place(one) - place(other)).slice(0, SHOWN_MAX)
  const beyondMax = Math.max(0.01, ...shown.map((model) => lossBeyond(model)?.upper ?? 0))
  return (
    <section class="group" aria-labelledby="model-comparison-title">
      <h3 id="model-comparison-title">Models compared</h3>
      {shown.length === 0 && <Empty>No model of this task was trained yet.</Empty>}
      {shown.length > 0 && (
        <DataTable
          caption="Models compared"
          rows={shown}
          keyOf={({ id }) => id}
          columns={[
            { label: 'Model', cell: (model) => <Name model={model} onChoose={onChoose} /> },
            { label: 'State', cell: (model) => <State model={model} /> },
            { label: 'On the newest rows', cell: ({ metrics }) => metricsText(metrics) },
            {
              label: 'Loss beyond the best trained with it',
              cell: (model) => {
                const estimate = lossBeyond(model)
                return estimate === null ? '–' : <Interval estimate={estimate} format={number} to={beyondMax} />
              },
            },
            { label: 'Distance from live scores', cell: ({ id }) => distanceText(shadows, id) },
            { label: 'Gate', cell: ({ gate }) => <Gate gate={gate} /> },
          ]}
        />
      )}
    </section>
  )
}

function Name({
  model: { id, algorithm, trainedAt },
  onChoose,
}: {
  readonly model: Model
  readonly onChoose: (id: string) => void
}) {
  return (
    <>
      <button type="button" class="quiet" onClick={() => onChoose(id)}>
        {algorithm} {shortId(id)}
      </button>
      <span class="about"> {date(trainedAt)}</span>
    </>
  )
}

function State({ model }: { readonly model: Model }) {
  const { label, tone } = modelState(model)
  return (
    <>
      <span class={`tag ${tone}`}>{label}</span>
      {model.reason !== null && <span class="about"> {model.reason}</span>}
    </>
  )
}

function Gate({ gate }: Pick<Model, 'gate'>) {
  if (gate === null) return <>{gateText(gate)}</>
  return (
    <details>
      <summary>{gateText(gate)}</summary>
      <ul class="checks">
        {gate.checks.map(({ rule, passed, says, bound }) => (
          <li key={rule}>
            {passed === null ? '–' : passed ? '✓' : '✗'} {title(rule)}: {says}{' '}
            {bound === null ? 'No bound.' : `Bound: ${number(bound)}.`}
          </li>
        ))}
      </ul>
    </details>
  )
}

function metricsText(metrics: Model['metrics']): string {
  return METRICS.flatMap(([name, words]) => {
    const value = metrics[name]
    return value == null ? [] : [`${words} ${number(value)}`]
  }).join(' · ')
}

function distanceText(shadows: ModelTask['shadows'], id: string): string {
  const shadow = shadows.find(({ modelId }) => modelId === id)
  if (shadow === undefined) return '–'
  return `${shadow.meanDistance === null ? 'unknown' : number(shadow.meanDistance)} on ${number(shadow.scores)} scores`
}
