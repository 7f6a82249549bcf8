import { useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../../api.ts'
import { DataTable, type Column } from '../../data-table.tsx'
import { count, percent, points } from '../../format.ts'
import { Interval } from '../../interval.tsx'
import { scaleOf } from '../../scale.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { upliftLabel, versionText } from './script-text.ts'

type Row = ApiResponse<'/script-quality/estimates'>['items'][number]

const script: Column<Row> = {
  label: 'Script',
  cell: ({ template, templateVersion, language }) => `${versionText(template, templateVersion)} (${language})`,
}
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
          <h2 id="what-if-title">What another script would have achieved</h2>
          <p class="sub">
            If every call that could have used the script had used it, estimated from the calls that did
          </p>
        </div>
        <select
          aria-label="Target group"
          value={targetGroup}
          onChange={(event) => setTargetGroup(event.currentTarget.value)}
        >
          <option value="">All customers</option>
          {groups.data?.items.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>Computing the estimates …</Empty>}
      {data?.items.length === 0 && <Empty>No call with a chosen script has a known outcome yet.</Empty>}
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
        caption="Conversion rates if every call had used the script"
        {...{ rows, keyOf }}
        columns={[
          script,
          { label: 'Calls that used it', cell: ({ taken, choices }) => `${count(taken)} of ${count(choices)}` },
          { label: 'Converted in fact', cell: ({ logged }) => percent(logged) },
          rate('Would have converted', ({ doublyRobust }) => doublyRobust),
          {
            label: 'Difference',
            cell: ({ uplift: one }) => <Interval estimate={one} format={points} {...uplift} />,
          },
          {
            label: 'In words',
            cell: ({ uplift: one }) => {
              const { label, tone } = upliftLabel(one)
              return <span class={`tag ${tone}`}>{label}</span>
            },
          },
        ]}
      />
      <details class="group">
        <summary>All three estimators</summary>
        <p class="about">
          The doubly robust estimate above corrects a forecast by the results. The other two only weight the results by
          how likely each choice was: the plain one is unbiased and varies more.
        </p>
        <DataTable
          caption="All three estimators"
          {...{ rows, keyOf }}
          columns={[
            script,
            rate('Inverse propensity (IPS)', ({ inversePropensity }) => inversePropensity),
            rate('Self-normalised (SNIPS)', ({ selfNormalised }) => selfNormalised),
            rate('Doubly robust (DR)', ({ doublyRobust }) => doublyRobust),
          ]}
        />
      </details>
    </>
  )
}
