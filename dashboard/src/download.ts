import { authorization } from './credential.ts'

/** Downloads an address of the API as a file: a link would not send the credential. */
export async function download(url: string, name: string): Promise<void> {
  const response = await fetch(url, { headers: { ...authorization() } })
  if (!response.ok) throw new Error(String(response.status))
  const object = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = object
  link.download = name
  link.click()
  URL.revokeObjectURL(object)
}
