/* Says on the page, not only to developers, that a passkey was not used. */

document.addEventListener("allauth.error", (event) => {
  const told = document.getElementById("passkey-failed")
  if (!told) return
  event.preventDefault()
  told.hidden = false
})
