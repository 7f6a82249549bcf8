import { useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { Empty, Failure } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { reasonText } from '../words/feature-words.ts'
import { t } from '../words/words.ts'

/** Explains an opportunity's probability, on request only, since it takes the model about a hundred scores. */
export function WhyScore({ opportunityId }: { readonly opportunityId: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('customers.why')}
      </button>
      {isOpen && <Reasons opportunityId={opportunityId} />}
    </>
  )
}

function Reasons({ opportunityId }: { readonly opportunityId: string }) {
  const { data, error } = useResource(apiUrl('/opportunities/{id}/why', { path: { id: opportunityId } }))
  if (error !== undefined) return <Failure>{error}</Failure>
  if (data === undefined) return <span class="about">{t('customers.loading')}</span>
  const lines = data.textReasons?.lines ?? []
  const words = data.textReasons?.words ?? []
  if (data.reasons.length + lines.length === 0) return <Empty>{t('customers.thisModelCantExplainItsScores')}</Empty>
  return (
    <ul class="plain why">
      {data.reasons.map((reason) => (
        <li key={reason.feature} class="about">
          {reasonText(reason)}
        </li>
      ))}
      {lines.map(({ line, text, effect }) => (
        <li key={line} class="about">
          <Sign effect={effect} /> {text}
        </li>
      ))}
      {words.length > 0 && (
        <li class="about">
          {words.map(({ line, text, effect }) => (
            <span key={`${line} ${text}`} class="tag faint">
              <Sign effect={effect} /> {text}
            </span>
          ))}
        </li>
      )}
    </ul>
  )
}

function Sign({ effect }: { readonly effect: number }) {
  return <strong>{`${effect < 0 ? '−' : '+'}${Math.abs(effect).toFixed(2)}`}</strong>
}
