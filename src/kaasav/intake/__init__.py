"""Papers as they arrive: taken in, recognised, proposed to a person, and listed once the person has confirmed."""
