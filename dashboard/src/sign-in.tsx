import { useState } from 'preact/hooks'
import { isSignedIn, signIn } from './credential.ts'
import { Failure } from './parts.tsx'
import { t } from './words/words.ts'

/** Asks for an API key or a token, which stays in this tab. `refusal`: why the last one was refused. */
export function SignIn({ refusal }: { readonly refusal: string }) {
  const [credential, setCredential] = useState('')

  function submit(event: Event) {
    event.preventDefault()
    if (credential.trim() !== '') signIn(credential.trim())
  }

  return (
    <main class="sign-in">
      <h1>Scoreline</h1>
      <form onSubmit={submit}>
        <label>
          <span>{t('page.apiKeyOrToken')}</span>
          <input
            type="password"
            autocomplete="off"
            required
            value={credential}
            onInput={(event) => setCredential(event.currentTarget.value)}
          />
        </label>
        <button type="submit">{t('page.signIn')}</button>
      </form>
      <p>{t('page.anAdministratorMakesKeysYoursIs')}</p>
      {isSignedIn() && <Failure>{refusal}</Failure>}
    </main>
  )
}
