/** Whether the text of a part is the address of a recording, which is played instead of being read aloud. */
export const isRecording = (text: string): boolean => /^https:\/\/\S+\.(?:mp3|wav)$/i.test(text.trim())
