import { useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../../api.ts'
import { DataTable, type Column } from '../../data-table.tsx'
import { percent, points } from '../../format.ts'
import { Interval } from '../../interval.tsx'
import { scaleOf } from '../../scale.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { upliftLabel, versionText } from './script-text.ts'
import { t } from '../../words/words.ts'

type Row = ApiResponse<'/script-quality/estimates'>['items'][number]

const script = (): Column<Row> => ({
  label: t('common.script'),
  cell: ({ template, templateVersion, language }) => `${versionText(template, templateVersion)} (${language})`,
})
const keyOf = ({ template, templateVersion, language }: Row) => `${template} ${templateVersion} ${language}`

/** Estimates of the conversion rate if every call had used the same script. */
export function WhatIf() {
  const [targetGroup, setTargetGroup] = useState('')
  const groups = useResource(apiUrl('/target-groups'))
  const { data, error } = useResource(
    apiUrl('/script-quality/estimates', targetGroup === '' ? {} : { query: { targetGroup } }),
  )
  return (
    <section class="card wide" aria-labelledby="what-if-title">
      <div class="head">
        <div>
          <h2 id="what-if-title">{t('scripts.whatAnotherScriptWouldHaveAchieved')}</h2>
          <p class="sub">{t('scripts.ifEveryCallThatCouldHave')}</p>
        </div>
        <select
          aria-label={t('scripts.targetGroup2')}
          value={targetGroup}
          onChange={(event) => setTargetGroup(event.currentTarget.value)}
        >
          <option value="">{t('scripts.allCustomers')}</option>
          {groups.data?.items.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('scripts.computingTheEstimates')}</Empty>}
      {data?.items.length === 0 && <Empty>{t('scripts.noCallWithAChosenScript')}</Empty>}
      {data !== undefined && data.items.length > 0 && <Estimates rows={data.items} />}
    </section>
  )
}

function Estimates({ rows }: { readonly rows: readonly Row[] }) {
  const uplift = scaleOf(rows.map((one) => one.uplift))
  const rates = scaleOf(
    rows.flatMap(({ doublyRobust, inversePropensity, selfNormalised }) => [
      doublyRobust,
      inversePropensity,
      selfNormalised,
    ]),
  )
  const rate = (label: string, of: (row: Row) => Row['doublyRobust']): Column<Row> => ({
    label,
    cell: (row) => <Interval estimate={of(row)} format={percent} {...rates} />,
  })
  return (
    <>
      <DataTable
        caption={t('scripts.conversionRatesIfEveryCallHad')}
        {...{ rows, keyOf }}
        columns={[
          script(),
          {
            label: t('scripts.callsThatUsedIt'),
            cell: ({ taken, choices }) => t('common.of', { value: taken, of: choices }),
          },
          { label: t('scripts.convertedInFact'), cell: ({ logged }) => percent(logged) },
          rate(t('scripts.wouldHaveConverted'), ({ doublyRobust }) => doublyRobust),
          {
            label: t('scripts.difference'),
            cell: ({ uplift: one }) => <Interval estimate={one} format={points} {...uplift} />,
          },
          {
            label: t('scripts.inWords'),
            cell: ({ uplift: one }) => {
              const { label, tone } = upliftLabel(one)
              return <span class={`tag ${tone}`}>{label}</span>
            },
          },
        ]}
      />
      <details class="group">
        <summary>{t('scripts.allThreeEstimators')}</summary>
        <p class="about">{t('scripts.theDoublyRobustEstimateAboveCorrects')}</p>
        <DataTable
          caption={t('scripts.allThreeEstimators')}
          {...{ rows, keyOf }}
          columns={[
            script(),
            rate(t('scripts.inversePropensityIps'), ({ inversePropensity }) => inversePropensity),
            rate(t('scripts.selfNormalisedSnips'), ({ selfNormalised }) => selfNormalised),
            rate(t('scripts.doublyRobustDr'), ({ doublyRobust }) => doublyRobust),
          ]}
        />
      </details>
    </>
  )
}
