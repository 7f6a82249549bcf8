import { useEffect, useRef } from 'preact/hooks'
import { send, type Model } from '../api.ts'
import { download } from '../download.ts'
import { Empty, Failure } from '../parts.tsx'
import { SignedDecision } from '../signed-decision.tsx'
import { useSending } from '../use-sending.ts'
import { shortId } from './model-text.ts'
import { t } from '../words/words.ts'

/** Share of the customers of a canary that is started here; the API and the command line take any. */
const CANARY_SHARE = 0.05

type Choice = 'promotion' | 'shadow' | 'canary' | 'withdrawal'

interface ModelActionsProps {
  readonly model: Model
  readonly onChange: () => void
}

/** Form to put a model into use, on trial, or to end its trial. */
export function ModelActions({ model: { id, algorithm, status }, onChange }: ModelActionsProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const card = useSending()
  const isOnTrial = status === 'shadow' || status === 'canary'
  const choices: readonly (readonly [Choice, string])[] = [
    ['promotion', t('models.promote')],
    ...(isOnTrial
      ? ([['withdrawal', t('models.endTheTrial')]] as const)
      : ([
          ['shadow', t('models.tryAsAShadow')],
          ['canary', t('models.tryOnOfCustomers', { value: 100 * CANARY_SHARE })],
        ] as const)),
  ]

  async function decide(choice: Choice, changedBy: string, reason: string): Promise<string> {
    const path = choice === 'promotion' || choice === 'withdrawal' ? choice : 'trial'
    const share = choice === 'canary' ? { share: CANARY_SHARE } : {}
    await send('POST', `/models/${encodeURIComponent(id)}/${path}`, { changedBy, reason, ...share })
    onChange()
    return t('models.doneProcessorsSwitchBetweenTwoTransactions')
  }

  return (
    <section class="group" aria-labelledby="model-actions-title">
      <h3 id="model-actions-title" ref={heading} tabIndex={-1}>
        {algorithm} {shortId(id)}
      </h3>
      <button
        type="button"
        class="quiet"
        disabled={card.busy}
        onClick={() =>
          card.run(() => download(`/models/${encodeURIComponent(id)}/card`, `${shortId(id)}.html`).then(() => ''))
        }
      >
        {t('models.card')}
      </button>
      {card.message?.tone === 'bad' && <Failure>{card.message.text}</Failure>}
      {status === 'champion' ? (
        <Empty>{t('models.itIsTheChampion')}</Empty>
      ) : (
        <SignedDecision label={t('common.reason')} choices={choices} decide={decide} />
      )}
    </section>
  )
}
