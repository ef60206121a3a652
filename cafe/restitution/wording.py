"""What the restitution's messages say: short French, nobody's name and nobody's verbatim."""

from cafe.messages.wording import Said, one_line


def quoted(title: str, last_day: str) -> Said:
    body = (
        "Bonjour,\n\nLe dialogue va bientôt être rendu public. Vous y serez cité, sans votre nom.\n\n"
        "Lisez vos paroles, telles qu’elles seront citées. "
        f"Vous pouvez dire non jusqu’au {last_day}. Si elles vous vont, il n’y a rien à faire."
    )
    return Said(one_line(f"{title} : une de vos paroles sera citée"), body)


def decided(title: str) -> Said:
    body = (
        "Bonjour,\n\nVous avez parlé d’une idée pendant le dialogue. L’équipe a écrit ce qu’elle devient.\n\n"
        "Lisez-le sur la page « Ce que vos paroles sont devenues »."
    )
    return Said(one_line(f"{title} : ce que devient une idée"), body)
