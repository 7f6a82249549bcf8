import { useRef } from 'preact/hooks'
import { ApiError, send, type ApiResponse } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { useUserName } from '../../user-name.ts'
import { useWallClockNote } from '../../simulation.tsx'
import { useSending } from '../../use-sending.ts'
import { withState, switchOf } from './campaign-state.ts'
import { t } from '../../words/words.ts'

interface CampaignSwitchProps {
  readonly campaign: ApiResponse<'/campaigns/{name}'>
  readonly onChange: () => void
}

/**
 * Starts, pauses and resumes a campaign under the user’s name. A change that the user has not seen is not overwritten.
 */
export function CampaignSwitch({ campaign, onChange }: CampaignSwitchProps) {
  const [name, setName] = useUserName()
  const field = useRef<HTMLInputElement>(null)
  const { busy, message, showError, run } = useSending()
  const next = switchOf(campaign.state)

  function change(): void {
    if (next === undefined || busy) return
    if (name === '') {
      showError(t('campaigns.enterYourNameFirstItIs'))
      return field.current?.focus()
    }
    run(async () => {
      const path = `/campaigns/${encodeURIComponent(campaign.name)}`
      try {
        await send('PUT', path, withState(campaign, next.to, name), campaign.version)
      } catch (error) {
        if (error instanceof ApiError && error.status === 412) onChange()
        throw error
      }
      onChange()
      return next.done
    })
  }

  return (
    <section aria-label={t('campaigns.stateOfTheCampaign')}>
      {next !== undefined && (
        <form
          class="choices signed"
          onSubmit={(event) => {
            event.preventDefault()
            change()
          }}
        >
          <label>
            <span>{t('common.yourName')}</span>
            <input
              type="text"
              ref={field}
              maxLength={200}
              defaultValue={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          {/* Not `disabled` while sending, because it would lose the focus. */}
          <button type="submit" class="quiet" aria-disabled={busy}>
            {next.label}
          </button>
        </form>
      )}
      <p class={`message ${message?.tone ?? ''}`} role="status">
        {message?.text}
      </p>
      <LastChange campaign={campaign} />
    </section>
  )
}

function LastChange({ campaign: { changedBy, changedAt } }: Pick<CampaignSwitchProps, 'campaign'>) {
  const note = useWallClockNote()
  if (changedAt === null) return null
  return <p class="about">{t('campaigns.lastChangedBy', { changedBy, changedAt: dateAndTime(changedAt), note })}</p>
}
