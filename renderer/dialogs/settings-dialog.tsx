import { useSettings, type Theme } from '../stores/settings';
import { Sheet } from './sheet';

export function SettingsDialog() {
  const settings = useSettings();
  return (
    <Sheet title="Settings" width={420}>
      <label className="f"><span>Theme</span>
        <select className="in" value={settings.theme} onChange={(event) => useSettings.setState({ theme: event.target.value as Theme })}>
          <option value="system">as the system</option><option value="light">light</option><option value="dark">dark</option>
        </select>
      </label>
      <label className="f"><span>Larger</span><input type="checkbox" role="switch" className="switch" checked={settings.isLarger} onChange={(event) => useSettings.setState({ isLarger: event.target.checked })} /></label>
      <label className="f"><span>Spectrum bar</span><input type="checkbox" role="switch" className="switch" checked={settings.hasSpectrum} onChange={(event) => useSettings.setState({ hasSpectrum: event.target.checked })} /></label>
    </Sheet>
  );
}
