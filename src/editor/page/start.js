// Starts the CMS with the forms that the server made; who is here is signed in already.
window.CMS_MANUAL_INIT = true;
window.localStorage.setItem('decap-cms-user', JSON.stringify({ backendName: 'proxy' }));

window.addEventListener('DOMContentLoaded', async () => {
  const response = await fetch('/admin/config.json');
  if (!response.ok) return window.location.reload();
  window.CMS.init({ config: await response.json() });
});
