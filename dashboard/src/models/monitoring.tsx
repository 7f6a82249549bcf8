import { useMemo } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../api.ts'
import { LineChart } from '../charts/line-chart.tsx'
import type { LineSeries } from '../charts/line-series.ts'
import { DataTable } from '../data-table.tsx'
import { dateAndTime, number, percent } from '../format.ts'
import { Empty, Failure, Told } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { featureName } from '../words/feature-words.ts'
import { t } from '../words/words.ts'
import { bandText, shortId, warningText } from './model-text.ts'

export type ModelReport = ApiResponse<'/model-reports'>['items'][number]

const READ_EVERY_MS = 60_000
const REPORTS = 100
const INPUTS_SHOWN = 10

/** What monitoring found about the model in use: bounds that it breaks, its quality, and the inputs that changed. */
export function Monitoring({ task }: { readonly task: string }) {
  const url = apiUrl('/model-reports', { query: { task, limit: REPORTS } })
  const { data, error } = useResource(url, READ_EVERY_MS)
  const newest = data?.items[0]
  return (
    <section class="group whole" aria-labelledby="monitoring-title">
      <h3 id="monitoring-title">{t('models.monitoring')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {data !== undefined && newest === undefined && <Empty>{t('models.noReportYet')}</Empty>}
      {newest !== undefined && (
        <>
          <p class="sub">
            {t('models.reportOn', { model: shortId(newest.modelId), at: dateAndTime(newest.measuredAt) })}
          </p>
          <Warnings report={newest} />
          <Figures report={newest} />
          <Trends reports={data!.items} />
          <Inputs report={newest} />
        </>
      )}
    </section>
  )
}

function Warnings({ report }: { readonly report: ModelReport }) {
  if (report.warnings.length === 0) return <p class="sub">{t('models.keepsEveryBound')}</p>
  return (
    <ul class="lines">
      {report.warnings.map(({ rule, says }) => (
        <li key={rule} class="record">
          <span class="tag warn">{warningText(rule)}</span>
          <span class="reason">
            <Told>{says}</Told>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Figures({ report }: { readonly report: ModelReport }) {
  const known = (value: number | null, format = number) => (value === null ? t('common.unknown') : format(value))
  const figures: readonly (readonly [string, string])[] = [
    [t('models.lossOfLabels', { labels: report.labels }), known(report.loss)],
    [t('models.lossBeforeRelease'), known(report.lossAtRelease)],
    [t('models.lossExpected'), withError(report.lossExpected, report.lossExpectedError)],
    [t('models.auc'), known(report.auc)],
    [t('models.aucExpected'), withError(report.aucExpected, report.aucExpectedError)],
    [t('models.calibrationErrorNow'), known(report.calibrationError)],
    [t('models.labelsAboveScores'), known(report.bias)],
    [t('models.scoreShift'), known(report.scoreStabilityIndex)],
    [t('models.missingInputs'), `${known(report.missingBefore, percent)} → ${known(report.missingNow, percent)}`],
    [t('models.age'), report.ageDays === null ? t('common.unknown') : t('models.days', { days: report.ageDays })],
  ]
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function withError(value: number | null, error: number | null): string {
  if (value === null) return t('common.unknown')
  return error === null
    ? t('models.errorUnknown', { value: number(value) })
    : t('models.plusMinus', { value: number(value), error: number(error) })
}

function Trends({ reports }: { readonly reports: readonly ModelReport[] }) {
  const { times, quality, shift } = useMemo(() => {
    const ordered = reports.toReversed()
    const line = (of: (report: ModelReport) => number | null) => ordered.map(of)
    const quality: LineSeries[] = [
      { label: t('models.loss'), values: line(({ loss }) => loss), colour: '--accent' },
      { label: t('models.lossExpected'), values: line(({ lossExpected }) => lossExpected), colour: '--warn' },
      {
        ...{ label: t('models.lossBeforeRelease'), values: line(({ lossAtRelease }) => lossAtRelease) },
        ...{ colour: '--soft', dashed: true },
      },
    ]
    const shift: LineSeries[] = [
      {
        ...{ label: t('models.scoreShift'), colour: '--accent' },
        values: line(({ scoreStabilityIndex }) => scoreStabilityIndex),
      },
    ]
    return { times: ordered.map(({ measuredAt }) => measuredAt), quality, shift }
  }, [reports])
  if (reports.length < 2) return null
  return (
    <div class="line-charts">
      <LineChart label={t('models.lossOverTime')} times={times} series={quality} format={number} />
      <LineChart label={t('models.scoreShiftOverTime')} times={times} series={shift} format={number} />
    </div>
  )
}

/** The length of a text is an input of the model, but no feature. */
function inputName(input: string): string {
  return input === 'text.length' ? t('models.textLength') : (featureName(input) ?? input)
}

function Inputs({ report: { inputs, inputsTested, inputsDrifted } }: { readonly report: ModelReport }) {
  if (inputsTested === 0) return <p class="sub">{t('models.inputsUnknown')}</p>
  return (
    <>
      <h4>{t('models.inputsChanged', { drifted: inputsDrifted, tested: inputsTested })}</h4>
      <DataTable
        caption={t('models.inputsThatChangedMost')}
        rows={inputs.slice(0, INPUTS_SHOWN)}
        keyOf={({ feature }) => feature}
        columns={[
          { label: t('customers.feature'), cell: ({ feature }) => inputName(feature) },
          {
            label: t('models.stabilityIndex'),
            cell: ({ stabilityIndex, stabilityIndexAtRelease, band, drifted }) => (
              <>
                {stabilityIndex === null ? t('common.unknown') : number(stabilityIndex)}{' '}
                {stabilityIndexAtRelease !== null && t('models.atRelease', { value: number(stabilityIndexAtRelease) })}{' '}
                {band !== null && band !== 'none' && <span class={drifted ? 'tag warn' : 'tag'}>{bandText(band)}</span>}
              </>
            ),
          },
          {
            label: t('models.missing'),
            cell: ({ missingBefore, missingNow }) => `${percent(missingBefore)} → ${percent(missingNow)}`,
          },
        ]}
      />
    </>
  )
}
