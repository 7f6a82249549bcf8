import { useState } from 'preact/hooks'
import { send } from '../api.ts'
import { useSending } from '../use-sending.ts'
import { missingSignature } from '../signed-reason.tsx'
import { useUserName } from '../user-name.ts'
import { t } from '../words/words.ts'

const DAYS_MAX = 366
const DAYS = 90

/** Form that makes a key, and shows it once: the platform keeps only its hash. */
export function MakeKey({ onMade }: { readonly onMade: () => void }) {
  const [by, setBy] = useUserName()
  const [made, setMade] = useState<string>()
  const sending = useSending()

  function make(form: HTMLFormElement): void {
    const missing = missingSignature('', false)
    if (missing !== undefined) return sending.showError(missing)
    const fields = new FormData(form)
    const text = (name: string) => String(fields.get(name) ?? '').trim()
    const [salespersonId, teamId] = [text('salesperson'), text('team')]
    sending.run(async () => {
      const { key } = await send<{ readonly key: string }>('POST', '/keys', {
        name: text('holder'),
        roles: text('roles').split(/[\s,]+/),
        days: Number(text('days')),
        ...(salespersonId === '' ? {} : { salespersonId }),
        ...(teamId === '' ? {} : { teamId }),
        changedBy: by,
      })
      setMade(key)
      form.reset()
      onMade()
      return t('settings.keyIsMade')
    })
  }

  const field = (name: string, label: string, isRequired = true) => (
    <label>
      <span>{label}</span>
      <input type="text" name={name} required={isRequired} maxLength={200} autocomplete="off" />
    </label>
  )
  return (
    <form
      class="group"
      aria-labelledby="make-key-title"
      onSubmit={(event) => {
        event.preventDefault()
        make(event.currentTarget)
      }}
    >
      <h3 id="make-key-title">{t('settings.makeAKey')}</h3>
      <div class="choices signed">
        {field('holder', t('settings.holder'))}
        {field('roles', t('settings.roles'))}
        {field('salesperson', t('settings.salespersonIfAny'), false)}
        {field('team', t('settings.teamIfAny'), false)}
        <label>
          <span>{t('settings.daysUntilItExpires')}</span>
          <input type="number" name="days" required min={1} max={DAYS_MAX} defaultValue={String(DAYS)} />
        </label>
        <label>
          <span>{t('common.yourName')}</span>
          <input type="text" maxLength={200} defaultValue={by} onChange={(event) => setBy(event.currentTarget.value)} />
        </label>
        <button type="submit" class="quiet" aria-disabled={sending.busy}>
          {t('settings.make')}
        </button>
      </div>
      <p class={`message ${sending.message?.tone ?? ''}`} role="status">
        {sending.message?.text}
      </p>
      {made !== undefined && <pre class="payload">{made}</pre>}
    </form>
  )
}
