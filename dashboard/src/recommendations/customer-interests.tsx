import { useEffect } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import type { CustomerTabProps } from '../customers/customer-tab.ts'
import { title } from '../format.ts'
import { Empty, Failure, Probability, Told } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { reasonText } from '../words/feature-words.ts'
import { t } from '../words/words.ts'

/** A customer's interests, strongest first; hidden if no model ranks them. */
export function CustomerInterests({ customer, revision }: CustomerTabProps) {
  if (!customer.scores.some(({ task }) => task === 'preferences')) return null
  return <Interests customerId={customer.customerId} revision={revision} />
}

function Interests({ customerId, revision }: { readonly customerId: string; readonly revision: number }) {
  const { data, error, refresh } = useResource(apiUrl('/customers/{id}/interests', { path: { id: customerId } }))
  useEffect(refresh, [revision, refresh])
  return (
    <>
      <h3>{t('recommendations.interests')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.interests.length === 0 && (
        <Empty>{data.absent === null ? t('recommendations.noInterestsAreKnownYet') : <Told>{data.absent}</Told>}</Empty>
      )}
      <ul class="plain">
        {data?.interests.map(({ product, probability, reasons }) => (
          <li key={product} class="pair">
            <span>
              <strong>{title(product)}</strong>
              {reasons[0] !== undefined && <span class="about">{reasonText(reasons[0])}</span>}
            </span>
            <Probability value={probability} />
          </li>
        ))}
      </ul>
    </>
  )
}
