import { useEffect, useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../api.ts'
import type { CustomerTabProps } from '../customers/customer-tab.ts'
import { Empty, Failure, Probability, Told } from '../parts.tsx'
import { title } from '../format.ts'
import { useResource } from '../use-resource.ts'
import { reasonText } from '../words/feature-words.ts'
import { t } from '../words/words.ts'

type Stage = ApiResponse<'/customers/{id}/recommendations'>['stage']
const STAGES: readonly Stage[] = ['first contact', 'sale', 'contract', 'retention']

/** Recommendations for an organisation: as published, or for another stage of the sale. */
export function CustomerRecommendations({ customer, revision }: CustomerTabProps) {
  if (!customer.scores.some(({ task }) => task === 'recommendation')) return null
  return <Recommendations customerId={customer.customerId} revision={revision} />
}

function Recommendations({ customerId, revision }: { readonly customerId: string; readonly revision: number }) {
  const [stage, setStage] = useState<Stage>()
  const query = stage === undefined ? {} : { stage }
  const { data, error, refresh } = useResource(
    apiUrl('/customers/{id}/recommendations', { path: { id: customerId }, query }),
  )
  useEffect(refresh, [revision, refresh])
  return (
    <>
      <h3>
        {t('recommendations.whatToOffer')}{' '}
        <select
          aria-label={t('recommendations.stageOfTheSale')}
          value={stage ?? ''}
          onChange={(event) => setStage(STAGES.find((one) => one === event.currentTarget.value))}
        >
          <option value="">
            {stage === undefined && data !== undefined
              ? t('recommendations.now', { stage: title(data.stage) })
              : t('recommendations.currentStage')}
          </option>
          {STAGES.map((one) => (
            <option key={one} value={one}>
              {title(one)}
            </option>
          ))}
        </select>
      </h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && (
        <Empty>
          {data.absent === null ? t('recommendations.noOfferIsLikelyEnoughTo') : <Told>{data.absent}</Told>}
        </Empty>
      )}
      <ul class="plain">
        {data?.items.map(({ characteristicId, name, product, probability, needs, advice, reasons }) => (
          <li key={characteristicId} class="pair">
            <span>
              <strong>{name}</strong> {product !== null && <span class="tag faint">{title(product)}</span>}
              {advice !== null && <span> {advice}</span>}
              <span class="about">
                {needs
                  .map((need) =>
                    need.ofContacts
                      ? t('recommendations.aPersonalInterestOfTheContacts', { name: need.name })
                      : need.name,
                  )
                  .join(' · ')}
              </span>
              {reasons[0] !== undefined && <span class="about">{reasons.slice(0, 2).map(reasonText).join(' · ')}</span>}
            </span>
            <Probability value={probability} />
          </li>
        ))}
      </ul>
    </>
  )
}
