import { useState } from 'preact/hooks'
import type { Customer } from '../api.ts'
import { time, title } from '../format.ts'
import { Empty } from '../parts.tsx'
import type { CustomerTab, CustomerTabProps } from './customer-tab.ts'
import { featureName, featureValue } from '../words/feature-words.ts'
import { t } from '../words/words.ts'

/** Tab with the customer's features, grouped by the first part of their names. */
export const customerFeatures: CustomerTab = { path: 'features', title: 'customers.features', View: CustomerFeatures }

function CustomerFeatures({ customer }: CustomerTabProps) {
  const [all, setAll] = useState(false)
  const { features, featureSet, featuresAt } = customer
  if (features.length === 0) return <Empty>{t('customers.noFeaturesYet')}</Empty>
  const known = features.filter(({ value }) => value !== null)
  const groups = [...Map.groupBy(all ? features : known, ({ name }) => name.split('.')[0]!)]
  return (
    <>
      <p class="sub">
        {t('customers.ofKnownSet', { known: known.length, all: features.length, featureSet })}
        {featuresAt !== null && t('customers.asOf', { featuresAt: time(featuresAt) })}.{' '}
        <label class="check">
          <input type="checkbox" checked={all} onChange={() => setAll(!all)} /> {t('customers.alsoShowUnknownFeatures')}
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
            <th>{t('customers.feature')}</th>
            <th>{t('customers.value')}</th>
          </tr>
        </thead>
        <tbody>
          {features.map(({ name, meaning, value }) => (
            <tr key={name}>
              <th scope="row">
                {featureName(name) ?? meaning}
                <code>{name}</code>
              </th>
              <td>{value === null ? '–' : featureValue(name, value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
