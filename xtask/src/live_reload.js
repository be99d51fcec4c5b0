
// Added by `cargo xtask serve --watch` only: reloads the page once the server answers with another version.
{
    let known = null;
    const look = async () => {
        try {
            const answer = await fetch('/dev/version', { cache: 'no-store' });
            if (!answer.ok) return;
            const version = await answer.text();
            if (known !== null && version !== known) return location.reload();
            known = version;
        } catch {
            // The server is restarting.
        }
        setTimeout(look, 700);
    };
    look();
}
