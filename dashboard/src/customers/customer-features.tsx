import { useState } from 'preact/hooks'
import type { Customer } from '../api.ts'
import { number, time, title } from '../format.ts'
import { Empty } from '../parts.tsx'
import type { CustomerTab, CustomerTabProps } from './customer-tab.ts'

/** Tab with the customer's features, grouped by the first part of their names. */
export const customerFeatures: CustomerTab = { title: 'Features', View: CustomerFeatures }

function CustomerFeatures({ customer }: CustomerTabProps) {
  const [all, setAll] = useState(false)
  const { features, featureSet, featuresAt } = customer
  if (features.length === 0) return <Empty>No features yet.</Empty>
  const known = features.filter(({ value }) => value !== null)
  const groups = [...Map.groupBy(all ? features : known, ({ name }) => name.split('.')[0]!)]
  return (
    <>
      <p class="sub">
        {known.length} of {features.length} known, set {featureSet}
        {featuresAt !== null && `, as of ${time(featuresAt)}`}.{' '}
        <label class="check">
          <input type="checkbox" checked={all} onChange={() => setAll(!all)} /> Also show unknown features
        </label>
      </p>
      {groups.map(([group, list]) => (
        <FeatureGroup key={group} group={group} features={list} />
      ))}
    </>
  )
}

function FeatureGroup({ group, features }: { readonly group: string; readonly features: Customer['features'] }) {
  return (
    <>
      <h3>{title(group)}</h3>
      <table class="numbers">
        <thead class="hidden">
          <tr>
            <th>Feature</th>
            <th>Value</th>
            <th>Unit</th>
          </tr>
        </thead>
        <tbody>
          {features.map(({ name, meaning, unit, value }) => (
            <tr key={name}>
              <th scope="row">
                {meaning}
                <code>{name}</code>
              </th>
              <td>{value === null ? '–' : number(value)}</td>
              <td class="unit">{unit}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
