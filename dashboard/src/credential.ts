import { useEffect, useState } from 'preact/hooks'

const STORAGE_KEY = 'scoreline-credential'
const REFUSED = 'scoreline-credential-refused'

/** Returns the header with the API key or token of this tab; none before a sign-in. */
export function authorization(): Readonly<Record<string, string>> {
  const credential = stored()
  return credential === null ? {} : { authorization: `Bearer ${credential}` }
}

/** A browser may keep nothing for this site; the page then works as far as it needs no sign-in. */
function stored(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

/** Keeps a credential until the tab is closed, and starts the page again with it. */
export function signIn(credential: string): void {
  sessionStorage.setItem(STORAGE_KEY, credential)
  location.reload()
}

export function signOut(): void {
  sessionStorage.removeItem(STORAGE_KEY)
  location.reload()
}

export function isSignedIn(): boolean {
  return stored() !== null
}

/** Reports that the API asks for a credential, or refuses the one it got. */
export function reportRefusal(detail: string): void {
  dispatchEvent(new CustomEvent(REFUSED, { detail }))
}

/** Returns why the API refused the credential; `undefined` while it does not. */
export function useRefusal(): string | undefined {
  const [refusal, setRefusal] = useState<string>()
  useEffect(() => {
    const note = (event: Event) => setRefusal((event as CustomEvent<string>).detail)
    addEventListener(REFUSED, note)
    return () => removeEventListener(REFUSED, note)
  }, [])
  return refusal
}
