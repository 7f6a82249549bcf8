import { useState } from 'preact/hooks'
import { apiUrl, send } from '../../api.ts'
import { CustomerField } from '../../customers/customer-field.tsx'
import { useResource } from '../../use-resource.ts'
import { useSending } from '../../use-sending.ts'
import { useUserName } from '../../user-name.ts'
import { liveCallHref } from './live-address.ts'
import { newCallId } from './live-call-text.ts'
import { t } from '../../words/words.ts'

/** Form that starts a call by hand, for agents without a connected call system. */
export function StartCall({ onStarted }: { readonly onStarted: () => void }) {
  const [name, setName] = useUserName()
  const [customerId, setCustomerId] = useState('')
  const [chosen, setChosen] = useState<string>()
  const { busy, message, showError, run } = useSending()
  const templates = useResource(apiUrl('/script-templates'))
  const languages = [
    ...new Set(templates.data?.items.filter(({ retired }) => !retired).map(({ language }) => language)),
  ].sort()
  const language = chosen ?? languages.find((one) => navigator.language.startsWith(one)) ?? languages[0]

  function start(): void {
    if (busy) return
    if (customerId.trim() === '') return showError(t('liveCalls.enterTheCustomer'))
    if (language === undefined) return showError(t('liveCalls.noScriptTemplateIsInUse'))
    run(async () => {
      const call = { callId: newCallId(), customerId: customerId.trim(), language, agent: name === '' ? null : name }
      await send('POST', '/call-sessions', call)
      onStarted()
      setCustomerId('')
      location.hash = liveCallHref(call.callId)
      return t('liveCalls.started2')
    })
  }

  return (
    <section class="card padded" aria-labelledby="start-title">
      <h2 id="start-title">{t('liveCalls.startACallByHand')}</h2>
      <p class="sub">{t('liveCalls.ifNoCallSystemIsConnected')}</p>
      <form
        class="choices signed"
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <CustomerField label={t('common.customerByNameOrId')} value={customerId} onInput={setCustomerId} />
        <label>
          <span>{t('common.yourName')}</span>
          <input
            type="text"
            maxLength={200}
            defaultValue={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>{t('liveCalls.language')}</span>
          <select value={language} onChange={(event) => setChosen(event.currentTarget.value)}>
            {languages.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="quiet" aria-disabled={busy}>
          {t('liveCalls.startTheCall')}
        </button>
      </form>
      <p class={`message ${message?.tone ?? ''}`} role="status">
        {message?.text}
      </p>
    </section>
  )
}
